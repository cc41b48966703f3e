using System.Buffers.Binary;
using System.Text;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>
/// Writes what no public tool writes any more: High Sierra, blocks of 512 and 1024 bytes, interleaved and associated files,
/// extended attribute records, CD-ROM XA. By ECMA-119 and the High Sierra working paper; other readers judge the result.
/// </summary>
internal sealed class HandMadeDisc(int blockSize, bool isHighSierra = false)
{
    public const int DateYear = 1989;
    private const int FirstFree = 20 * 2048;

    private readonly List<byte> bytes = [.. new byte[FirstFree]];
    private readonly List<(int Block, int Parent, byte[] Name)> table = [];

    public static ScratchedDisc Make(int blockSize, bool isHighSierra, params HandMadeFile[] files) =>
        new HandMadeDisc(blockSize, isHighSierra).Write(files);

    private ScratchedDisc Write(HandMadeFile[] files)
    {
        var root = WriteFolder(new("", "") { Children = files }, 1, null);
        var little = WriteTable(isBigEndian: false);
        var big = WriteTable(isBigEndian: true);
        Align(2048);
        bytes.AddRange(new byte[20 * 2048]);
        WriteDescriptors(root, little, big);
        return new([.. bytes]);
    }

    /// <returns>The folder's block and its length in bytes. Path table numbers follow the order of visiting.</returns>
    private (int Block, int Length) WriteFolder(HandMadeFile folder, int parentNumber, (int Block, int Length)? parent)
    {
        Align(2048); // so that no record crosses a sector
        var start = bytes.Count;
        bytes.AddRange(new byte[2048]);
        var self = (Block: start / blockSize, Length: 2048);
        table.Add((self.Block, parentNumber, folder.Name.Length == 0 ? [0] : Encoding.ASCII.GetBytes(folder.Name)));
        var number = table.Count;
        var position = start;
        var own = folder.Children!.FirstOrDefault(child => child.Name.Length == 0);
        position += Put(position, Record([0], self, isFolder: true, own ?? new("")));
        position += Put(position, Record([1], parent ?? self, isFolder: true, new("")));
        foreach (var child in folder.Children!.Where(child => child.Name.Length > 0))
        {
            var isFolder = child.Children is not null;
            var place = isFolder ? WriteFolder(child, number, self) : (WriteContent(child), child.StatedLength ?? child.Content.Length);
            position += Put(position, Record(Encoding.ASCII.GetBytes(child.Name), place, isFolder, child));
        }

        return self;
    }

    private int WriteContent(HandMadeFile file)
    {
        Align(blockSize);
        var block = bytes.Count / blockSize;
        bytes.AddRange(file.Attributes);
        bytes.AddRange(new byte[(file.AttributeBlocks * blockSize) - file.Attributes.Length]);
        var unit = file.Interleave.Unit == 0 ? int.MaxValue : file.Interleave.Unit * blockSize;
        foreach (var part in file.Content.Chunk(unit))
        {
            bytes.AddRange(Encoding.Latin1.GetBytes(part));
            Align(blockSize);
            bytes.AddRange(Enumerable.Repeat((byte)'#', file.Interleave.Gap * blockSize)); // another file's
        }

        return block;
    }

    private byte[] Record(byte[] name, (int Block, int Length) place, bool isFolder, HandMadeFile file)
    {
        var length = 33 + name.Length + ((name.Length & 1) == 0 ? 1 : 0) + file.SystemUse.Length;
        var record = new byte[length + (length & 1)];
        record[0] = (byte)record.Length;
        record[1] = (byte)file.AttributeBlocks;
        Both32(record.AsSpan(2), place.Block);
        Both32(record.AsSpan(10), place.Length);
        byte[] date = [DateYear - 1900, 7, 15, 14, 2, 30, isHighSierra ? (byte)0 : (byte)4];
        date[..(isHighSierra ? 6 : 7)].CopyTo(record, 18);
        record[isHighSierra ? 24 : 25] = (byte)((isFolder ? 2 : 0) | (file.IsAssociated ? 4 : 0) | (file.IsProtected ? 0x10 : 0) | (file.IsContinued ? 0x80 : 0));
        (record[26], record[27]) = ((byte)file.Interleave.Unit, (byte)file.Interleave.Gap);
        Both16(record.AsSpan(28), 1);
        record[32] = (byte)name.Length;
        name.CopyTo(record, 33);
        file.SystemUse.CopyTo(record, 33 + name.Length + ((name.Length & 1) == 0 ? 1 : 0));
        return record;
    }

    private (int Block, int Length) WriteTable(bool isBigEndian)
    {
        Align(blockSize);
        var start = bytes.Count;
        foreach (var (block, parent, name) in table)
        {
            var record = new byte[8];
            var (placeAt, lengthAt) = isHighSierra ? (0, 5) : (2, 0);
            record[lengthAt] = (byte)name.Length;
            if (isBigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(placeAt), block);
                BinaryPrimitives.WriteInt16BigEndian(record.AsSpan(6), (short)parent);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(placeAt), block);
                BinaryPrimitives.WriteInt16LittleEndian(record.AsSpan(6), (short)parent);
            }

            bytes.AddRange([.. record, .. name, .. new byte[name.Length & 1]]);
        }

        return (start / blockSize, bytes.Count - start);
    }

    private void WriteDescriptors((int Block, int Length) root, (int Block, int Length) little, (int Block, int Length) big)
    {
        var at = isHighSierra ? 8 : 0;
        var primary = new byte[2048];
        primary[at] = 1;
        Encoding.ASCII.GetBytes(isHighSierra ? "CDROM" : "CD001").CopyTo(primary, at + 1);
        primary[at + 6] = 1;
        primary.AsSpan(at + 8, 64).Fill((byte)' ');
        Encoding.ASCII.GetBytes("OLD_DISC").CopyTo(primary, at + 40);
        Both32(primary.AsSpan(at + 80), bytes.Count / blockSize);
        Both16(primary.AsSpan(at + 120), 1);
        Both16(primary.AsSpan(at + 124), 1);
        Both16(primary.AsSpan(at + 128), (short)blockSize);
        Both32(primary.AsSpan(at + 132), little.Length);
        BinaryPrimitives.WriteInt32LittleEndian(primary.AsSpan(at + 140), little.Block);
        BinaryPrimitives.WriteInt32BigEndian(primary.AsSpan(isHighSierra ? 164 : 148), big.Block);
        Record([0], root, isFolder: true, new("")).CopyTo(primary, isHighSierra ? 180 : 156);
        var texts = isHighSierra ? 214 : 190;
        primary.AsSpan(texts, 512).Fill((byte)' ');
        Encoding.ASCII.GetBytes("A PUBLISHER").CopyTo(primary, texts + 128);
        Encoding.ASCII.GetBytes("1989071514023000").CopyTo(primary, isHighSierra ? 790 : 813);
        Encoding.ASCII.GetBytes("1990010203040500").CopyTo(primary, isHighSierra ? 806 : 830);
        primary[isHighSierra ? 854 : 881] = 1;
        Put(16 * 2048, primary);
        var end = new byte[2048];
        end[at] = 255;
        primary.AsSpan(at + 1, 6).CopyTo(end.AsSpan(at + 1));
        Put(17 * 2048, end);
    }

    private int Put(int position, byte[] part)
    {
        for (var index = 0; index < part.Length; index++)
        {
            bytes[position + index] = part[index];
        }

        return part.Length;
    }

    private void Align(int unit) => bytes.AddRange(new byte[(unit - (bytes.Count % unit)) % unit]);

    private static void Both32(Span<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, value);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], value);
    }

    private static void Both16(Span<byte> target, short value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(target, value);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], value);
    }
}
