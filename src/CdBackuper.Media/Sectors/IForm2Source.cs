using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Sectors;

/// <summary>
/// Sectors of Mode 2 Form 2 (CD-ROM XA §4.6): 2324 bytes of film or sound, which no read of 2048 bytes gives. Whoever has them says so by
/// <see cref="ISectorSource.Form2"/>.
/// </summary>
public interface IForm2Source
{
    /// <param name="sector">Absolute on the disc. May lie past the end.</param>
    /// <returns>True where the sector's sub-header says that it is of Form 2, right or not.</returns>
    bool IsForm2(long sector);

    /// <returns>Every sector for which <see cref="IsForm2"/> is true. Looks at all of them once, and remembers.</returns>
    ByteSet FindForm2();

    /// <param name="sector">Absolute on the disc. May lie past the end.</param>
    /// <param name="body">Room for <see cref="RawSector.BodySize"/> bytes: sub-header, 2324 bytes, check sum or zeros.</param>
    /// <returns>False where it is of no such kind, its check sum is wrong, or it can't be read: the content is then undefined.</returns>
    bool TryReadForm2(long sector, Span<byte> body);
}
