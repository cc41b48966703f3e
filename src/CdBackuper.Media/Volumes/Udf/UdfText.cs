using System.Text;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Text in OSTA CS0 (UDF 2.01 §2.1.1): a compression id, then 8 or 16 bits a character.</summary>
internal static class UdfText
{
    private const byte Bits8 = 8;
    private const byte Bits16 = 16;

    // the same two, for names of deleted entries (UDF 2.00 §2.1.1)
    private const byte Bits8Deleted = 254;
    private const byte Bits16Deleted = 255;

    /// <summary>Reads a name whose length is known (a d-characters field).</summary>
    /// <returns>False when it is no CS0; <paramref name="text"/> is then what can be made of it.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        if (bytes.IsEmpty)
        {
            text = "";
            return true;
        }

        var characters = bytes[1..];
        switch (bytes[0])
        {
            case Bits8 or Bits8Deleted:
                text = Encoding.Latin1.GetString(characters); // the first 256 of Unicode
                return true;
            case Bits16 or Bits16Deleted:
                text = DecodeWide(characters);
                return characters.Length % 2 == 0;
            default:
                text = Encoding.Latin1.GetString(bytes);
                return false;
        }
    }

    /// <returns>
    /// A field of fixed length whose last byte says how many are used (a dstring, ECMA-167 1/7.2.12), without blanks
    /// and
    /// NULs at its ends; null where it is empty or no text.
    /// </returns>
    public static string? DecodeField(ReadOnlySpan<byte> field)
    {
        var used = Used(field);
        if (used.IsEmpty || !TryDecode(used, out var text))
        {
            return null;
        }

        var trimmed = text.Trim(' ', '\0');
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <returns>The compression id and the characters that a dstring says it has.</returns>
    public static ReadOnlySpan<byte> Used(ReadOnlySpan<byte> field) => field[..Math.Min(field[^1], field.Length - 1)];

    /// <returns>
    /// The identifier of an entity (ECMA-167 1/7.4) without the '*' of UDF's own; null where there is none.
    /// </returns>
    public static string? DecodeEntity(ReadOnlySpan<byte> entity)
    {
        var text = Encoding.Latin1.GetString(entity.Slice(1, 23)).Trim(' ', '\0').TrimStart('*');
        return text.Length == 0 ? null : text;
    }

    /// <returns>True where an entity's identifier is <paramref name="identifier"/>.</returns>
    public static bool IsEntity(ReadOnlySpan<byte> entity, ReadOnlySpan<byte> identifier) =>
        entity.Slice(1, identifier.Length).SequenceEqual(identifier);

    /// <summary>UCS-2 at first, UTF-16 in practice. Lone halves of pairs are kept as they are.</summary>
    private static string DecodeWide(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length / 2];
        for (var index = 0; index < characters.Length; index++)
        {
            characters[index] = (char)((bytes[2 * index] << 8) | bytes[(2 * index) + 1]);
        }

        return new(characters);
    }
}
