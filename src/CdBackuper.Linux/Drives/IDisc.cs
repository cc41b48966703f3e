using CdBackuper.Media.Sectors;

namespace CdBackuper.Linux.Drives;

/// <summary>
/// The disc in a drive, opened. Reads are thread-safe, those of an optical disc one after another. A read throws
/// <see cref="DriveFaultException"/> when disc or drive went away (DiscGone also when another disc was put in).
/// </summary>
/// <remarks>
/// Where the length is not a multiple of 2048, the last sector counts in <see cref="ISectorSource.SectorCount"/>, and
/// reading it gives the bytes there are, the rest zero. It is unreadable when any of the bytes there are is.
/// </remarks>
public interface IDisc : ISectorSource, IDisposable
{
    /// <summary>What ddrescue is to read: the device or the file.</summary>
    string SourcePath { get; }

    /// <summary>
    /// In bytes, asked before the first read: a drive's READ CAPACITY. A read error near the end shrinks the block
    /// device (sr takes it for run-out blocks), so its size is not believed later. Run-out blocks may be counted.
    /// TryRead reads behind that new end (by READ (10)); ddrescue cannot, and calls it bad until the disc is changed.
    /// </summary>
    long LengthBytes { get; }

    /// <summary>Sessions and tracks; null for plain images and where the drive has none to tell.</summary>
    Toc? Toc { get; }

    /// <summary>
    /// For people and the record: "data disc (mode 1)", "data disc (mode 2)", "data disc (mode 2, form 1)",
    /// "data disc (mode 2, form 2)", "audio disc", "mixed disc", "blank disc", "unknown disc"; files: "disc image",
    /// "disc image (CUE, 3 tracks: 1 data, 2 audio)".
    /// </summary>
    string Kind { get; }

    /// <summary>O_DIRECT works on <see cref="SourcePath"/> with 2048 bytes at a time, so ddrescue may get -d.</summary>
    bool SupportsDirectReads { get; }

    /// <summary>
    /// True where <see cref="SourcePath"/> holds the disc's sectors of 2048 bytes one after the other, so that ddrescue can
    /// read it: drives and plain images. Raw images must be read through <see cref="ISectorSource.TryRead"/>.
    /// </summary>
    bool HasPlainSectors { get; }

    /// <summary>
    /// The bytes below <see cref="LengthBytes"/> of which it is known that the disc has no data there: tracks of sound, what
    /// lies between tracks and sessions. No read gives them, and nobody misses them. Empty for drives and plain images.
    /// </summary>
    ByteSet Gaps { get; }

    /// <summary>
    /// What was noticed when it was opened and in the reads so far, for people and the record: a sheet's mistakes, sectors
    /// that were put right. Empty for drives and plain images.
    /// </summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>
    /// How far a program that opens <see cref="SourcePath"/> gets now, in bytes. Less than <see cref="LengthBytes"/> once the kernel
    /// has shrunk the device after a read error near the end; asked anew at each call.
    /// </summary>
    long ReadReachableLength();

    /// <summary>
    /// False where nobody can tell whether the medium was changed (Linux before 5.16): <see cref="ReadMediumChanged"/> is true at each call then.
    /// </summary>
    bool TellsMediumChange { get; }

    /// <returns>
    /// True where the medium at <see cref="SourcePath"/> may be another than the one that was opened, or than the one last
    /// accepted; also where it is gone, and where nobody can tell (Linux before 5.16). Who goes on must compare first.
    /// </returns>
    bool ReadMediumChanged();

    /// <summary>Takes the medium that lies there now for this disc: for who has compared.</summary>
    void AcceptMedium();
}
