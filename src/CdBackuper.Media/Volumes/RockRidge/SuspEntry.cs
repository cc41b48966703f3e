namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>A system use entry (SUSP §4.1): two letters, a length, a version, data.</summary>
internal readonly ref struct SuspEntry(ReadOnlySpan<byte> bytes)
{
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    public string Signature => string.Create(2, (bytes[0], bytes[1]), static (text, pair) =>
    {
        text[0] = (char)pair.Item1;
        text[1] = (char)pair.Item2;
    });

    /// <summary>What follows the header; empty where there is nothing.</summary>
    public ReadOnlySpan<byte> Data => bytes[HeaderLength..];

    public bool Is(ReadOnlySpan<byte> signature) => bytes[..2].SequenceEqual(signature);

    /// <returns>False when no entry begins here: the rest is padding, or its length is impossible.</returns>
    public static bool TryRead(ReadOnlySpan<byte> area, out SuspEntry entry)
    {
        entry = default;
        if (area.Length < HeaderLength || area[2] < HeaderLength || area[2] > area.Length)
        {
            return false;
        }

        entry = new(area[..area[2]]);
        return true;
    }
}
