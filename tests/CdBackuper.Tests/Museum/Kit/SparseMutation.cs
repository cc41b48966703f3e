using System.Buffers.Binary;

namespace CdBackuper.Tests.Museum;

/// <summary>Changes that know what a disc is made of: numbers of sectors, lengths, both-endian fields, copies of structures.</summary>
internal static class SparseMutation
{
    private const int MostChanges = 12;

    private static readonly uint[] Numbers =
        [0, 1, 2, 7, 16, 17, 31, 32, 255, 256, 257, 2047, 2048, 2049, 65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    public static SparseImage Change(SparseImage image, Random random)
    {
        if (image.Records.Count == 0)
        {
            return image;
        }

        var records = image.Records.Select(record => record with { Bytes = [.. record.Bytes] }).ToList();
        var units = image.Units;
        for (var count = random.Next(1, MostChanges); count > 0; count--)
        {
            var index = random.Next(records.Count);
            switch (random.Next(40))
            {
                case 0:
                    records[index] = records[index] with { IsUnreadable = !records[index].IsUnreadable };
                    break;
                case 1:
                    records[index] = records[index] with { IsMended = !records[index].IsMended };
                    break;
                case 2:
                    records[index] = records[index] with { Number = records[random.Next(records.Count)].Number };
                    break;
                case 3:
                    records[index] = records[index] with { Number = Math.Max(0, records[index].Number + random.Next(-2, 3)) };
                    break;
                case 4:
                    units = random.Next(1, Math.Max(2, units + 2));
                    break;
                default:
                    ChangeBytes(records[index].Bytes, records, image.Units, random);
                    break;
            }
        }

        return new(units, records);
    }

    /// <returns>The image with less: records left out, their ends cut off, bytes made zero.</returns>
    public static IEnumerable<SparseImage> Shrink(SparseImage image)
    {
        for (var part = image.Records.Count / 2; part > 0; part /= 2)
        {
            for (var first = 0; first < image.Records.Count; first += part)
            {
                yield return image with { Records = [.. image.Records.Take(first), .. image.Records.Skip(first + part)] };
            }
        }

        for (var index = 0; index < image.Records.Count; index++)
        {
            var bytes = image.Records[index].Bytes;
            yield return With(image, index, bytes[..(bytes.Length / 2)]);
            yield return With(image, index, bytes.AsSpan().TrimEnd((byte)0).ToArray());
            for (var part = bytes.Length / 2; part > 0; part /= 2)
            {
                for (var first = 0; first < bytes.Length; first += part)
                {
                    var zeroed = bytes.ToArray();
                    zeroed.AsSpan(first, Math.Min(part, bytes.Length - first)).Clear();
                    if (!zeroed.AsSpan().SequenceEqual(bytes))
                    {
                        yield return With(image, index, zeroed);
                    }
                }
            }
        }
    }

    private static SparseImage With(SparseImage image, int index, byte[] bytes)
    {
        SparseRecord[] records = [.. image.Records];
        records[index] = records[index] with { Bytes = bytes };
        return image with { Records = records };
    }

    private static void ChangeBytes(byte[] bytes, List<SparseRecord> records, int units, Random random)
    {
        if (bytes.Length < 8)
        {
            return;
        }

        var place = bytes.AsSpan(random.Next(bytes.Length - 7));
        var number = random.Next(3) switch
        {
            0 => Numbers[random.Next(Numbers.Length)],
            1 => (uint)records[random.Next(records.Count)].Number,
            _ => (uint)random.Next(-2, units + 2),
        };
        switch (random.Next(8))
        {
            case 0:
                BinaryPrimitives.WriteUInt32LittleEndian(place, number);
                BinaryPrimitives.WriteUInt32BigEndian(place[4..], number);
                break;
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(place, number);
                break;
            case 2:
                BinaryPrimitives.WriteUInt32BigEndian(place, number);
                break;
            case 3:
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)number);
                break;
            case 4:
                BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)number);
                break;
            case 5:
                CopyFrom(records[random.Next(records.Count)].Bytes, place, random);
                break;
            case 6:
                place[0] ^= (byte)(1 << random.Next(8));
                break;
            default:
                place[0] = (byte)random.Next(256);
                break;
        }
    }

    private static void CopyFrom(byte[] other, Span<byte> place, Random random)
    {
        var length = Math.Min(random.Next(1, 64), Math.Min(other.Length, place.Length));
        other.AsSpan(random.Next(other.Length - length + 1), length).CopyTo(place);
    }
}
