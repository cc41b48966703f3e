using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>Writes a run of a file as <c>{"start":0,"length":2048}</c>, with <c>zlibLength</c> where it is stored as a zlib stream.</summary>
public sealed class ExtentConverter : JsonConverter<Extent>
{
    /// <inheritdoc/>
    public override Extent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (start, length, zlib) = (long.MinValue, -1L, 0L);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("start"))
            {
                start = JsonNumbers.ReadLong(ref reader);
            }
            else if (reader.ValueTextEquals("length"))
            {
                length = JsonNumbers.ReadLong(ref reader);
            }
            else if (reader.ValueTextEquals("zlibLength"))
            {
                zlib = JsonNumbers.ReadLong(ref reader);
            }
            else if (!reader.TrySkip())
            {
                // A later version may say more of a run.
                throw new JsonException("A run's further value is cut off.");
            }
        }

        return start >= Extent.Nowhere && length >= 0 && zlib is >= 0 and <= int.MaxValue
            && Math.Max(start, 0) <= long.MaxValue - Math.Max(length, zlib)
            ? new(start, length, (int)zlib)
            : throw new JsonException("A run of a file is written as {\"start\":0,\"length\":2048}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Extent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("start", value.Start);
        writer.WriteNumber("length", value.Length);
        if (value.IsCoded)
        {
            writer.WriteNumber("zlibLength", value.ZlibLength);
        }

        writer.WriteEndObject();
    }
}
