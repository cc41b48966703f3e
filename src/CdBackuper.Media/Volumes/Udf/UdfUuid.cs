namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// What <c>blkid</c> calls the UUID of a UDF volume: 16 hexadecimal digits from its volume set identifier.
/// </summary>
internal static class UdfUuid
{
    private const int Digits = 16;
    private const int HalfDigits = 8;

    /// <param name="volumeSet">The volume set identifier, a dstring (ECMA-167 3/10.1.9).</param>
    /// <returns>Null where the identifier takes less than eight bytes in UTF-8.</returns>
    public static string? Of(ReadOnlySpan<byte> volumeSet)
    {
        var used = UdfText.Used(volumeSet);
        if (used.IsEmpty || used[0] is not (8 or 16))
        {
            return null;
        }

        _ = UdfText.TryDecode(used, out var text);
        var bytes = FirstBytes(text);
        if (bytes.Length < HalfDigits)
        {
            return null;
        }

        // UDF 2.00 §2.2.2.5: the first 16 characters should be a number that is the volume set's alone, in hexadecimal.
        // Where they are not, their bytes are taken instead of the digits they should be.
        Span<byte> padded = stackalloc byte[Digits];
        bytes.CopyTo(padded);
        var digits = 0;
        while (digits < Digits && char.IsAsciiHexDigit((char)padded[digits]))
        {
            digits++;
        }

        return digits switch
        {
            Digits => Lower(padded),
            >= HalfDigits => Lower(padded[..HalfDigits]) + Convert.ToHexStringLower(padded.Slice(HalfDigits, HalfDigits / 2)),
            _ => Convert.ToHexStringLower(padded[..HalfDigits]),
        };
    }

    private static string Lower(ReadOnlySpan<byte> digits) =>
        string.Create(digits.Length, digits, static (text, bytes) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = char.ToLowerInvariant((char)bytes[index]);
            }
        });

    /// <returns>At most 16 bytes of UTF-8, of whole characters, up to the first NUL.</returns>
    private static byte[] FirstBytes(string text)
    {
        var bytes = new List<byte>(Digits);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (rune.Value == 0 || bytes.Count + length > Digits)
            {
                break;
            }

            bytes.AddRange(one[..length]);
        }

        return [.. bytes];
    }
}
