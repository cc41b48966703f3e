using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Commands;

/// <summary>The file systems of a disc as <c>show --volumes --json</c> prints them (docs/operations.md). Fields are added, never changed.</summary>
/// <param name="Source">The drive or image.</param>
/// <param name="Choice">Why the first volume's tree is the disc's; null where there was nothing to choose.</param>
/// <param name="Volumes">The one whose tree is the disc's first; empty where no file system is known.</param>
/// <param name="Tracks">As the disc's table of contents tells them; empty where it tells none.</param>
internal sealed record VolumesDocument(
    string Source,
    string? Choice,
    IReadOnlyList<VolumesDocument.VolumeLine> Volumes,
    IReadOnlyList<VolumesDocument.TrackLine> Tracks)
{
    /// <summary>A disc of many small files has as many ends of sectors.</summary>
    private const int MaxRanges = 1000;

    public static VolumesDocument Of(string source, SourceReading reading) => new(
        source,
        reading.Content?.Choice,
        [.. (reading.Content?.Trees ?? []).Select(VolumeLine.Of)],
        [.. (reading.Toc?.Tracks ?? []).Select(track => new TrackLine(track.Number, track.IsData, track.StartSector))]);

    /// <param name="Number">1 … 99.</param>
    /// <param name="IsData">False for sound.</param>
    /// <param name="StartSector">Absolute on the disc.</param>
    internal sealed record TrackLine(int Number, bool IsData, long StartSector);

    internal sealed record VolumeLine
    {
        public required string Format { get; init; }

        /// <summary>What its entries are marked with; null for the disc's own tree.</summary>
        public string? Origin { get; init; }

        public string? VolumeName { get; init; }

        public string? Uuid { get; init; }

        public required IReadOnlyList<string> Creators { get; init; }

        public required IReadOnlyDictionary<string, string> Identifiers { get; init; }

        public DateTimeOffset? Created { get; init; }

        public DateTimeOffset? Modified { get; init; }

        /// <summary>In sectors.</summary>
        public required long SessionStart { get; init; }

        public required long LengthBytes { get; init; }

        public required int Files { get; init; }

        public required int Directories { get; init; }

        public required int Others { get; init; }

        public required long FileBytes { get; init; }

        /// <summary>Files that no volume before it in the list has.</summary>
        public required int FilesBeside { get; init; }

        public required bool IsIncomplete { get; init; }

        /// <summary>Bytes of the volume that neither a file nor the file system needs.</summary>
        public required long UnownedBytes { get; init; }

        /// <summary>Where they lie, the first <see cref="MaxRanges"/> runs.</summary>
        public required IReadOnlyList<RangeLine> Unowned { get; init; }

        public required IReadOnlyList<BootLine> BootImages { get; init; }

        public required IReadOnlyList<DiscDocument.FlawLine> Flaws { get; init; }

        public static VolumeLine Of(TreeSummary tree)
        {
            var volume = tree.Volume;
            int Count(EntryKind kind) => volume.Entries.Count(entry => entry.Kind == kind);
            var (files, directories) = (Count(EntryKind.File), Count(EntryKind.Directory));
            var unowned = VolumeSpace.UnownedOf(volume);
            return new()
            {
                Format = volume.Format,
                Origin = tree.Origin,
                VolumeName = volume.VolumeName,
                Uuid = volume.Uuid,
                Creators = volume.Creators,
                Identifiers = volume.Identifiers,
                Created = volume.Created,
                Modified = volume.Modified,
                SessionStart = volume.SessionStart,
                LengthBytes = volume.LengthBytes,
                Files = files,
                Directories = directories,
                Others = volume.Entries.Count - files - directories,
                FileBytes = volume.Entries.Where(entry => entry.Kind == EntryKind.File).Sum(entry => entry.Size),
                FilesBeside = tree.FilesBeside,
                IsIncomplete = volume.IsIncomplete,
                UnownedBytes = unowned.TotalLength,
                Unowned = [.. unowned.Take(MaxRanges).Select(range => new RangeLine(range.Start, range.Length))],
                BootImages = [.. volume.BootImages.Select(boot =>
                    new BootLine(boot.Platform, boot.Emulation, boot.IsBootable, boot.Extent.Start, boot.Extent.Length))],
                Flaws = [.. volume.Damages.Select(flaw => new DiscDocument.FlawLine(flaw.Id, flaw.Sector, flaw.Detail))],
            };
        }
    }

    /// <param name="Start">In bytes of the disc.</param>
    /// <param name="Length">In bytes.</param>
    internal sealed record RangeLine(long Start, long Length);

    /// <param name="Platform">For whom.</param>
    /// <param name="Emulation">As what it is started.</param>
    /// <param name="IsBootable">As the catalogue says.</param>
    /// <param name="Start">In bytes of the disc.</param>
    /// <param name="Length">In bytes, as the catalogue says.</param>
    internal sealed record BootLine(string Platform, string Emulation, bool IsBootable, long Start, long Length);
}
