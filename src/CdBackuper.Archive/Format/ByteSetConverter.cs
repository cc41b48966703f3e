using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Format;

/// <summary>Writes a set of bytes as <c>[{"start":0,"length":2048}]</c>.</summary>
public sealed class ByteSetConverter : JsonConverter<ByteSet>
{
    /// <inheritdoc/>
    public override ByteSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var runs = new List<ByteRange>();
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject);
            runs.Add(ReadRun(ref reader));
        }

        return ByteSet.Of(runs);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ByteSet value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (var run in value)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", run.Start);
            writer.WriteNumber("length", run.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ByteRange ReadRun(ref Utf8JsonReader reader)
    {
        var (start, length) = (-1L, -1L);
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
            else
            {
                // A later version may say more of a run.
                Expect(reader.TrySkip());
            }
        }

        Expect(start >= 0 && length >= 0 && length <= long.MaxValue - start);
        return new(start, length);
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("A run of bytes is written as {\"start\":0,\"length\":2048}.");
        }
    }
}
