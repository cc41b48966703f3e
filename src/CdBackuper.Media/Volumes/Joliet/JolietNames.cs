using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.Joliet;

/// <summary>
/// Joliet names, big-endian by the specification ("Code Set"). Some writers have the bytes the wrong way round: where that is
/// so in all names of a tree, all are read so.
/// </summary>
internal sealed class JolietNames : NameText
{
    private int rightWay;
    private int wrongWay;
    private int units;

    /// <summary>True where the names were found to be little-endian.</summary>
    public bool IsLittleEndian { get; private set; }

    public override string Decode(ReadOnlySpan<byte> bytes)
    {
        if (IsLittleEndian)
        {
            return JolietText.Decode(bytes, isLittleEndian: true);
        }

        for (var index = 0; index + 1 < bytes.Length; index += 2)
        {
            units++;
            rightWay += bytes[index] == 0 && bytes[index + 1] != 0 ? 1 : 0;
            wrongWay += bytes[index] != 0 && bytes[index + 1] == 0 ? 1 : 0;
        }

        return JolietText.Decode(bytes);
    }

    public override bool Decide()
    {
        // Digits, dots and ";1" are in nearly every name: U+0041, not U+4100. A NUL on both sides can be a name's own.
        if (IsLittleEndian || wrongWay * 2L <= units || rightWay > 0)
        {
            return false;
        }

        IsLittleEndian = true;
        return true;
    }
}
