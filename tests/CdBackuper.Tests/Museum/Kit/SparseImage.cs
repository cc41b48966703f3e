using System.Buffers.Binary;

namespace CdBackuper.Tests.Museum;

/// <summary>
/// A disc image in a few kilobytes, as fuzzers like it: a count of units and the units that are not zeros. Any bytes are
/// such an image: what is cut off is missing, what is too large is cut. The count is 4 bytes; a record is a byte of flags
/// (1 unreadable, 2 mended), 3 bytes of number, 2 bytes of length and its bytes. Little-endian.
/// </summary>
/// <param name="Units">How many units the image has.</param>
/// <param name="Records">In any order; of two with one number the last one counts.</param>
internal sealed record SparseImage(int Units, IReadOnlyList<SparseRecord> Records)
{
    /// <summary>A unit is 2,048 bytes of a disc, or a raw sector of 2,352.</summary>
    public const int MaxUnitBytes = 2352;

    /// <summary>More would make a run that is linear in the disc's length too long for thousands of runs.</summary>
    public const int MaxUnits = 1 << 16;

    private const int HeaderBytes = 6;

    public static SparseImage Parse(ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[4];
        bytes[..Math.Min(4, bytes.Length)].CopyTo(head);
        var units = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(head), MaxUnits);
        var records = new List<SparseRecord>();
        for (var rest = bytes[Math.Min(4, bytes.Length)..]; rest.Length >= HeaderBytes;)
        {
            var flags = rest[0];
            var number = rest[1] | (rest[2] << 8) | (rest[3] << 16);
            var length = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]), MaxUnitBytes);
            rest = rest[HeaderBytes..];
            var content = rest[..Math.Min(length, rest.Length)];
            records.Add(new(number, content.ToArray()) { IsUnreadable = (flags & 1) != 0, IsMended = (flags & 2) != 0 });
            rest = rest[content.Length..];
        }

        return new(units, records);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[4 + Records.Sum(record => HeaderBytes + record.Bytes.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Units);
        var rest = bytes.AsSpan(4);
        foreach (var record in Records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], record.Number);
            rest[0] = (byte)((record.IsUnreadable ? 1 : 0) | (record.IsMended ? 2 : 0));
            BinaryPrimitives.WriteUInt16LittleEndian(rest[4..], (ushort)record.Bytes.Length);
            record.Bytes.CopyTo(rest[HeaderBytes..]);
            rest = rest[(HeaderBytes + record.Bytes.Length)..];
        }

        return bytes;
    }
}
