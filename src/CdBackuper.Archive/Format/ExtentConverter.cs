using System.Text.Json;
using System.Text.Json.Serialization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>Writes a run of a file as <c>{"start":0,"length":2048}</c>, with <c>zlibLength</c> where it is stored as a zlib stream,
/// with <c>sectorBytes</c> where it takes 2324 bytes of each sector.</summary>
public sealed class ExtentConverter : JsonConverter<Extent>
{
    /// <inheritdoc/>
    public override Extent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (start, length, zlib, sectorBytes) = (long.MinValue, -1L, 0L, (long)Sector.Size);
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
            else if (reader.ValueTextEquals("sectorBytes"))
            {
                sectorBytes = JsonNumbers.ReadLong(ref reader);
            }
            else if (!reader.TrySkip())
            {
                // A later version may say more of a run.
                throw new JsonException("A run's further value is cut off.");
            }
        }

        var isForm2 = sectorBytes == RawSector.Form2Size;
        return start >= Extent.Nowhere && length >= 0 && zlib is >= 0 and <= int.MaxValue
            && Math.Max(start, 0) <= long.MaxValue - Math.Max(length, zlib)
            && (isForm2 ? zlib == 0 && start >= 0 && start % Sector.Size == 0 : sectorBytes == Sector.Size)
            ? new(start, length, (int)zlib, isForm2)
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

        if (value.IsForm2)
        {
            writer.WriteNumber("sectorBytes", RawSector.Form2Size);
        }

        writer.WriteEndObject();
    }
}
