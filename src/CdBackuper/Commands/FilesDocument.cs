using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Commands;

/// <summary>A disc's names as <c>list --files --json</c> prints them (docs/operations.md). Fields are added, never changed.</summary>
internal sealed record FilesDocument(string Source, string Format, string? VolumeName, IReadOnlyList<FilesDocument.EntryLine> Entries)
{
    public static FilesDocument Of(string source, DiscContent content) => new(
        source,
        content.Format,
        content.VolumeName,
        [.. content.Entries.Zip(EntryPaths.Assign(content.Entries)).Select(pair => EntryLine.Of(pair.First, pair.Second))]);

    internal sealed record EntryLine
    {
        /// <summary>As it would lie below <c>files/</c>, with '/'.</summary>
        public required string Path { get; init; }

        public required EntryKind Kind { get; init; }

        public required long Size { get; init; }

        /// <summary>The length that the volume says, where it is another.</summary>
        public long? StatedSize { get; init; }

        public DateTimeOffset? Modified { get; init; }

        public DateTimeOffset? Created { get; init; }

        public uint? Mode { get; init; }

        public string? Target { get; init; }

        public string? Origin { get; init; }

        /// <summary>The name's bytes on the disc, in hexadecimal.</summary>
        public string? RawName { get; init; }

        /// <summary>Type, creator and flags of a Macintosh's file as ISO 9660 tells them, in hexadecimal.</summary>
        public string? FinderInfo { get; init; }

        /// <summary>Null where only the name is known.</summary>
        public IReadOnlyList<Extent>? Extents { get; init; }

        public static EntryLine Of(FileEntry entry, string path) => new()
        {
            Path = path,
            Kind = entry.Kind,
            Size = entry.Size,
            StatedSize = entry.StatedSize,
            Modified = entry.Modified,
            Created = entry.Created,
            Mode = entry.Mode,
            Target = entry.LinkTarget,
            Origin = entry.Origin,
            RawName = entry.RawName.IsEmpty ? null : Convert.ToHexStringLower(entry.RawName.Span),
            FinderInfo = entry.FinderInfo.IsEmpty ? null : Convert.ToHexStringLower(entry.FinderInfo.Span),
            Extents = entry.Kind is EntryKind.File or EntryKind.Stream ? entry.Extents : null,
        };
    }
}
