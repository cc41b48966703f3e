using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// What CD-ROM XA says of a file, in the first 14 bytes of its system use area (System Description CD-ROM XA, §II.7): group, user,
/// attributes, "XA", file number.
/// </summary>
internal static class XaAttributes
{
    public const int Length = 14;
    private const int AttributesAt = 4;
    private const int SignatureAt = 6;

    private const int Permissions = 0x0555;
    private const int Form2 = 0x1000;
    private const int Interleaved = 0x2000;
    private const int Audio = 0x4000;

    /// <summary>A system use entry begins with two letters, and a name in it may have "XA" where the signature would stand.</summary>
    public static bool IsAt(ReadOnlySpan<byte> area) =>
        area.Length >= Length && area[SignatureAt] == 'X' && area[SignatureAt + 1] == 'A'
        && !(char.IsAsciiLetterUpper((char)area[0]) && char.IsAsciiLetterUpper((char)area[1]));

    /// <returns>The area behind the attributes; all of it where there are none.</returns>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> area) => IsAt(area) ? area[Length..] : area;

    /// <returns>Of which form the file's sectors are said to be.</returns>
    public static XaForm FormOf(ReadOnlySpan<byte> area) => Read(area) switch
    {
        var attributes when (attributes & Interleaved) != 0 => XaForm.Interleaved,
        var attributes when (attributes & Form2) != 0 => XaForm.Form2,
        _ => XaForm.Plain,
    };

    /// <returns>Who may read and execute it, as a POSIX mode; null where nobody may, which is to say nothing.</returns>
    public static uint? ModeOf(in DirectoryRecord record) => (Read(record.SystemUse) & Permissions) is > 0 and var granted
        ? AccessBits.WithType(AccessBits.ToMode(granted), record.IsDirectory)
        : null;

    /// <returns>True when the file is a track of sound: what lies there is no data.</returns>
    public static bool IsAudio(ReadOnlySpan<byte> area) => (Read(area) & Audio) != 0;

    private static int Read(ReadOnlySpan<byte> area) => IsAt(area) ? BinaryPrimitives.ReadUInt16BigEndian(area[AttributesAt..]) : 0;
}
