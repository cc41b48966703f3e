using System.Text;
using System.Text.Unicode;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Text of plain ISO 9660, High Sierra and Rock Ridge. The standards name no character set beyond ASCII (ECMA-119 §7.4), so a
/// rule is needed: what is valid UTF-8 is UTF-8, what is clearly Japanese is Shift-JIS; all other names of a volume are in one
/// encoding, which <see cref="NameGuess"/> finds. It is Windows-1252 where nothing tells, which loses nothing.
/// </summary>
/// <param name="given">The encoding that a person named, for all names; null for the rule.</param>
internal sealed class ByteText(Encoding? given) : NameText
{
    private const int SampleNames = 4000;

    private readonly List<byte[]> sample = [];
    private Encoding others = given ?? NameGuess.Default;
    private bool isDecided = given is not null;

    /// <summary>The encoding of the names that are no UTF-8, by its registered name; null where there are none.</summary>
    public string? EncodingName => isDecided ? others.WebName : null;

    public override string Decode(ReadOnlySpan<byte> bytes)
    {
        if (!isDecided && sample.Count < SampleNames && !Utf8.IsValid(bytes))
        {
            sample.Add(bytes.ToArray());
        }

        return Decode(bytes, others);
    }

    /// <returns>What <see cref="Decode(ReadOnlySpan{byte})"/> gave before it was decided.</returns>
    public string DecodeUndecided(ReadOnlySpan<byte> bytes) => Decode(bytes, given ?? NameGuess.Default);

    public override bool Decide()
    {
        if (isDecided || sample.Count == 0)
        {
            return false;
        }

        var before = others;
        others = NameGuess.Of(sample);
        isDecided = true;
        sample.Clear();
        return others != before;
    }

    private string Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (given is not null)
        {
            return given.GetString(bytes);
        }

        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        return (NameGuess.IsClearlyShiftJis(bytes) ? NameGuess.ShiftJis : encoding).GetString(bytes);
    }
}
