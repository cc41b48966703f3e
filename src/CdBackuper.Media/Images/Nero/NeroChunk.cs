using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Images.Nero;

/// <summary>A piece of the table at the end of a Nero image: four letters, a length, bytes. All numbers are big-endian.</summary>
/// <param name="Id">Four letters.</param>
/// <param name="Body">What follows the length.</param>
internal sealed record NeroChunk(string Id, ReadOnlyMemory<byte> Body)
{
    private const int HeadLength = 8;
    private const int OldFooter = 8;
    private const int NewFooter = 12;

    /// <returns>The chunks up to END!; null where the file does not end as a Nero image does.</returns>
    public static IReadOnlyList<NeroChunk>? TryReadAll(IByteSource file, SheetLog log)
    {
        if (FindTable(file) is not { } start)
        {
            return null;
        }

        var length = Math.Min(SheetLimits.MaxNeroTable, file.LengthBytes - start);
        var table = new byte[length];
        var chunks = new List<NeroChunk>();
        if (!file.TryRead(start, table))
        {
            log.Fail(0, "the table at its end can't be read");
            return chunks;
        }

        for (var position = 0; position + HeadLength <= table.Length;)
        {
            var id = Encoding.Latin1.GetString(table, position, 4);
            var size = BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(position + 4));
            if (id == "END!" || size > table.Length - position - HeadLength)
            {
                break;
            }

            chunks.Add(new(id, table.AsMemory(position + HeadLength, (int)size)));
            position += HeadLength + (int)size;
        }

        return chunks;
    }

    private static long? FindTable(IByteSource file)
    {
        Span<byte> end = stackalloc byte[NewFooter];
        if (file.LengthBytes < NewFooter || !file.TryRead(file.LengthBytes - NewFooter, end))
        {
            return null;
        }

        var start = end.StartsWith("NER5"u8) ? BinaryPrimitives.ReadInt64BigEndian(end[4..])
            : end[(NewFooter - OldFooter)..].StartsWith("NERO"u8) ? BinaryPrimitives.ReadUInt32BigEndian(end[(NewFooter - 4)..])
            : -1;
        return start >= 0 && start < file.LengthBytes ? start : null;
    }
}
