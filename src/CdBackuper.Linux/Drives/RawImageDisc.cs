using CdBackuper.Media.Images;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Linux.Drives;

/// <summary>The data tracks of a raw image as a disc.</summary>
internal sealed class RawImageDisc : IDisc
{
    private readonly ImageLayout layout;
    private readonly IReadOnlyList<FileBytes?> files;
    private readonly SheetLog log;
    private readonly TrackSectors sectors;

    /// <param name="path">The sheet, or the image that needs none.</param>
    /// <param name="layout">Where the sectors are.</param>
    /// <param name="files">The image's files; belong to the disc from now on.</param>
    /// <param name="log">What was noticed about the sheet.</param>
    internal RawImageDisc(string path, ImageLayout layout, IReadOnlyList<FileBytes?> files, SheetLog log)
    {
        (this.layout, this.files, this.log) = (layout, files, log);
        SourcePath = path;
        sectors = new(layout, files);
        LengthBytes = sectors.SectorCount * Sector.Size;
        Toc = layout.ToToc();
        Gaps = ByteSet.Of(new ByteRange(0, LengthBytes)).Except(layout.DataBytes);
    }

    /// <inheritdoc/>
    public string SourcePath { get; }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public long SectorCount => sectors.SectorCount;

    /// <inheritdoc/>
    public Toc? Toc { get; }

    /// <inheritdoc/>
    public string Kind
    {
        get
        {
            var (tracks, data) = (layout.Tracks.Count, layout.Tracks.Count(track => track.IsData));
            var what = tracks == 1 ? $"1 track: {(data == 1 ? "data" : "audio")}"
                : data == tracks ? $"{tracks} tracks: all data"
                : data == 0 ? $"{tracks} tracks: all audio"
                : $"{tracks} tracks: {data} data, {tracks - data} audio";
            return layout.SessionCount > 1
                ? $"disc image ({layout.Format}, {layout.SessionCount} sessions, {what})"
                : $"disc image ({layout.Format}, {what})";
        }
    }

    /// <inheritdoc/>
    public bool SupportsDirectReads => false;

    /// <inheritdoc/>
    public bool HasPlainSectors => false;

    /// <inheritdoc/>
    public ByteSet Gaps { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => [.. log.Problems.Select(problem => $"{Path.GetFileName(SourcePath)}: {problem}"), .. sectors.Log.Describe()];

    /// <inheritdoc/>
    public IForm2Source? Form2 => sectors.Form2;

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer) =>
        SectorSpan.IsInside(sector, buffer.Length, SectorCount) && sectors.TryRead(sector, buffer);

    /// <inheritdoc/>
    public long ReadReachableLength() => LengthBytes;

    /// <inheritdoc/>
    public bool TellsMediumChange => true;

    /// <summary>Its files stay open, and no other program reads them for it.</summary>
    /// <returns>False.</returns>
    public bool ReadMediumChanged() => false;

    /// <inheritdoc/>
    public void AcceptMedium()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in files)
        {
            file?.Dispose();
        }
    }
}
