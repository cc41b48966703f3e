using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>Names of HFS+: UTF-16, big-endian, decomposed (TN1150, "Unicode Subtleties").</summary>
internal static class HfsPlusText
{
    private const int LongestName = 255;

    /// <param name="name">At most 255 UTF-16 units of two bytes.</param>
    /// <returns>
    /// The name with its accents composed, as the rest of the world writes them (and Linux shows them), and ':' for
    /// '/'. Lone surrogates and NULs stay.
    /// </returns>
    public static string Decode(byte[] name)
    {
        Span<char> text = stackalloc char[LongestName];
        var length = 0;
        for (var at = 0; at + 1 < name.Length && at / 2 < LongestName; at += 2)
        {
            var character = (char)BinaryPrimitives.ReadUInt16BigEndian(name.AsSpan(at));
            if (length > 0 && Composition.TryCompose(text[length - 1], character, out var composed))
            {
                text[length - 1] = composed;
            }
            else
            {
                text[length++] = character == '/' ? ':' : character;
            }
        }

        return new(text[..length]);
    }
}
