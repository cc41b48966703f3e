using System.Text.Json;

namespace CdBackuper.Archive.Format;

/// <summary>Reads numbers inside the converters.</summary>
internal static class JsonNumbers
{
    /// <returns>The number that follows the property's name.</returns>
    /// <exception cref="JsonException">It is no whole number of 64 bits.</exception>
    public static long ReadLong(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)
            ? number
            : throw new JsonException("A place or length on the disc is a whole number of bytes.");
    }
}
