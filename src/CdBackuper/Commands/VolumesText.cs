using System.Globalization;
using System.Text;
using CdBackuper.Jobs;

namespace CdBackuper.Commands;

/// <summary>The file systems of a disc as people read them.</summary>
internal static class VolumesText
{
    /// <summary>So many flaws are named one by one; --json names all.</summary>
    private const int MaxNamed = 50;

    private const int Width = 13;

    public static string Page(VolumesDocument document)
    {
        var page = new StringBuilder();
        foreach (var volume in document.Volumes)
        {
            page.Append(page.Length > 0 ? "\n" : "");
            Append(page, volume, volume.Origin is null ? document.Choice : null);
        }

        if (document.Tracks.Count > 1 || document.Volumes.Count == 0)
        {
            AppendTracks(page, document.Tracks);
        }

        return page.ToString().TrimEnd();
    }

    private static void Append(StringBuilder page, VolumesDocument.VolumeLine volume, string? choice)
    {
        void Row(string head, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                page.Append(CultureInfo.InvariantCulture, $"{head,-Width} {Answer.Printable(text).ReplaceLineEndings(" ")}\n");
            }
        }

        Row("File system", volume.Format);
        Row("Tree", volume.Origin is not null ? Beside(volume) : choice is null ? "the disc's" : $"the disc's: {choice}");
        Row("Name", volume.VolumeName);
        Row("UUID", volume.Uuid);
        Row("Made by", string.Join(", ", volume.Creators));
        foreach (var (name, text) in volume.Identifiers.Where(identifier => !volume.Creators.Contains(identifier.Value)))
        {
            Row(name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : "Identifier", text);
        }

        Row("Created", Time(volume.Created));
        Row("Changed", Time(volume.Modified));
        Row("Session", volume.SessionStart == 0 ? null : $"from sector {volume.SessionStart}");
        Row("Length", Words.Bytes(volume.LengthBytes));
        Row("Holds", Holdings(volume));
        Row("Unowned", volume.UnownedBytes == 0 ? null : $"{Words.Bytes(volume.UnownedBytes)} that no file and no folder says it has");
        foreach (var boot in volume.BootImages)
        {
            Row("Boot", $"{boot.Platform}, emulation {boot.Emulation}, {Words.Bytes(boot.Length)} at byte {boot.Start}{(boot.IsBootable ? "" : ", not bootable")}");
        }

        foreach (var flaw in volume.Flaws.Take(MaxNamed))
        {
            Row("Flaw", flaw.Sector is { } sector ? $"sector {sector}: {flaw.Detail}" : flaw.Detail);
        }

        Row("", volume.Flaws.Count > MaxNamed ? $"and {volume.Flaws.Count - MaxNamed} more flaws; --json lists all" : null);
    }

    private static void AppendTracks(StringBuilder page, IReadOnlyList<VolumesDocument.TrackLine> tracks)
    {
        page.Append(page.Length > 0 ? "\n" : "");
        foreach (var track in tracks)
        {
            var kind = track.IsData ? "data" : "sound, which this version does not read";
            page.Append(CultureInfo.InvariantCulture, $"{"Track",-Width} {track.Number:D2} from sector {track.StartSector}: {kind}\n");
        }
    }

    private static string Beside(VolumesDocument.VolumeLine volume) => volume.FilesBeside == 0
        ? $"{volume.Origin}: nothing that the disc's tree does not have"
        : $"{volume.Origin}: {Count(volume.FilesBeside, "file")} that the disc's tree does not have";

    private static string Holdings(VolumesDocument.VolumeLine volume)
    {
        var rest = volume.Others == 0 ? "" : $", {volume.Others} links, streams and the like";
        var lost = volume.IsIncomplete ? "; there may be more, since folders are lost" : "";
        return $"{Count(volume.Files, "file")} of {Words.Bytes(volume.FileBytes)}, {Count(volume.Directories, "folder")}{rest}{lost}";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string? Time(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
