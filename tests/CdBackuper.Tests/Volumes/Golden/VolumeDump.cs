using System.Globalization;
using System.Text;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Tests.Volumes.Golden;

/// <summary>All that was read of a disc, as text that people can read and diff.</summary>
internal static class VolumeDump
{
    public static string Print(DiscContent content)
    {
        var text = new StringBuilder();
        void Row(string head, object? value)
        {
            if (value is not null and not "")
            {
                text.Append(CultureInfo.InvariantCulture, $"{head}: {Plain($"{value}")}\n");
            }
        }

        Row("choice", content.Choice);
        foreach (var (volume, origin, beside) in content.Trees)
        {
            text.Append('\n');
            Row("volume", volume.Format);
            Row("origin", origin is null ? null : $"{origin}, {beside} files beside");
            Row("name", volume.VolumeName);
            Row("uuid", volume.Uuid);
            Row("creators", string.Join(" | ", volume.Creators));
            foreach (var (name, value) in volume.Identifiers)
            {
                Row(name, value);
            }

            Row("created", Time(volume.Created));
            Row("modified", Time(volume.Modified));
            Row("session", volume.SessionStart);
            Row("length", volume.LengthBytes);
            Row("structures", string.Join(' ', volume.Structures.Select(run => $"{run.Start}+{run.Length}")));
            foreach (var boot in volume.BootImages)
            {
                Row("boot", $"{boot.Platform}, {boot.Emulation}, {boot.IsBootable}, {Run(boot.Extent)}");
            }

            foreach (var damage in volume.Damages)
            {
                Row("flaw", $"{damage.Id} @{damage.Sector} {damage.Detail}");
            }
        }

        text.Append('\n');
        foreach (var (entry, path) in content.Entries.Zip(EntryPaths.Assign(content.Entries)))
        {
            text.Append(Line(entry, path)).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(FileEntry entry, string path)
    {
        var mode = entry.Mode is { } bits ? Convert.ToString(bits, 8) : "-";
        var place = entry.Extents is null ? "nowhere known" : string.Join(' ', entry.Extents.Select(Run));
        var preamble = entry.Preamble.IsEmpty ? "" : $" preamble {Convert.ToHexStringLower(entry.Preamble.Span)}";
        return Plain($"{entry.Kind,-12} {mode,-6} {entry.Size,10} {Time(entry.Modified) ?? "-",-19} {path}"
            + $"{(entry.LinkTarget is { } target ? $" -> {target}" : "")}{preamble} [{place}]"
            + $"{(entry.RawName.IsEmpty ? "" : $" {Convert.ToHexStringLower(entry.RawName.Span)}")}");
    }

    private static string Run(Extent extent) =>
        $"{(extent.IsStored ? $"{extent.Start}" : "zeros")}+{extent.Length}{(extent.IsCoded ? $"/{extent.ZlibLength}" : "")}";

    private static string? Time(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)).TrimEnd();
}
