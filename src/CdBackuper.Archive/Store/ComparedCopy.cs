using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Store;

/// <summary>What came of comparing a file in the archive with the image.</summary>
/// <param name="IsOther">True where it holds something else than the disc: the rest then says nothing.</param>
/// <param name="HasHoles">True where it is blank, or ends, where the disc has something that was read.</param>
/// <param name="Unread">The bytes of the file that could not be compared, since the image lacks them.</param>
/// <param name="Held">Those of them that the copy has.</param>
/// <param name="Sha256">The copy's hash, lower-case hexadecimal.</param>
internal sealed record ComparedCopy(bool IsOther, bool HasHoles, ByteSet Unread, ByteSet Held, string Sha256)
{
    /// <summary>A file of other content.</summary>
    public static ComparedCopy Other { get; } = new(IsOther: true, HasHoles: false, ByteSet.Empty, ByteSet.Empty, "");

    /// <summary>What nobody has.</summary>
    public ByteSet Lost => Unread.Except(Held);
}
