using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>
/// What a disc has in sectors of Mode 2 Form 2, beside its image: 2336 bytes of sector N at N x 2336, and a map of its own that says which
/// of them are there. Without both, such sectors are unread, as the image's map has them.
/// </summary>
internal sealed class Form2Image : IForm2Source, IDisposable
{
    private readonly SafeFileHandle handle;

    private Form2Image(SafeFileHandle handle, ByteSet read)
    {
        this.handle = handle;
        Read = read.Intersect(ByteSet.Of(ByteRange.OfSectors(0, RandomAccess.GetLength(handle) / RawSector.BodySize)));
    }

    /// <summary>The sectors that are there, as bytes of the disc.</summary>
    public ByteSet Read { get; }

    /// <returns>Null where the disc has no such image, or its map can't be read.</returns>
    public static Form2Image? TryOpen(DiscFolder folder) =>
        RescuedImage.TryLoadMap(folder.Form2MapPath, out var map, out _) && ImageFile.TryOpen(folder.Form2Path) is { } handle
            ? new(handle, map.Finished)
            : null;

    public bool IsForm2(long sector) => sector >= 0 && Read.Contains(ByteRange.OfSectors(sector, 1));

    public ByteSet FindForm2() => Read;

    public bool TryReadForm2(long sector, Span<byte> body)
    {
        body = body[..RawSector.BodySize];
        // What was right when it was written may have rotted since.
        return IsForm2(sector) && FileBytes.Read(handle, sector * RawSector.BodySize, body) == body.Length && RawDecoder.IsGoodForm2(body);
    }

    public void Dispose() => handle.Dispose();
}
