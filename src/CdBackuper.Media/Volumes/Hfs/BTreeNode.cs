using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// One node of a B-tree (Inside Macintosh: Files, 2-64; TN1150, "Nodes"), of which some sectors may be lost: records at
/// the front, the table of their offsets at the end, last offset first.
/// </summary>
internal sealed class BTreeNode(int size)
{
    public const int DescriptorBytes = 14;
    public const int Unit = 512;
    public const sbyte LeafKind = -1;
    public const sbyte IndexKind = 0;
    public const sbyte HeaderKind = 1;
    public const sbyte MapKind = 2;

    /// <summary>One bit for each 512 bytes that can't be read. A node has at most 32,768 bytes.</summary>
    private ulong lost;

    public byte[] Bytes { get; } = new byte[size];

    /// <summary>True when every byte of it was read.</summary>
    public bool IsWhole => lost == 0;

    /// <summary>True when no byte of it was read.</summary>
    public bool IsLost => lost == ulong.MaxValue >> (64 - (size / Unit));

    /// <summary>True when no byte of it was read, or all are zeros, as of nodes that were never used.</summary>
    public bool IsEmpty => IsLost || !Bytes.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>True when what it says of itself was read. In a blank sector of a copy that could not read it nothing is said.</summary>
    public bool HasDescriptor => (lost & 1) == 0 && Bytes.AsSpan(0, DescriptorBytes).ContainsAnyExcept((byte)0);

    public uint Forward => BinaryPrimitives.ReadUInt32BigEndian(Bytes);

    public uint Backward => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(4));

    public sbyte Kind => (sbyte)Bytes[8];

    public int RecordCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(10));

    /// <summary>Reads the node, and where that fails as many parts of it as can be read.</summary>
    public void Load(ForkReader fork, long offset)
    {
        lost = 0;
        if (fork.TryRead(offset, Bytes))
        {
            return;
        }

        for (var unit = 0; unit < size / Unit; unit++)
        {
            var part = Bytes.AsSpan(unit * Unit, Unit);
            if (!fork.TryRead(offset + (unit * Unit), part))
            {
                part.Clear();
                lost |= 1UL << unit;
            }
        }
    }

    /// <returns>True when those bytes were read.</returns>
    public bool IsReadable(int start, int end)
    {
        for (var unit = start / Unit; unit * Unit < end; unit++)
        {
            if ((lost & (1UL << unit)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lists the leaf records that can be read.</summary>
    /// <param name="leaves">Understands them.</param>
    /// <param name="found">Where they are put: offset and length in the node.</param>
    /// <param name="known">How many there are, where the node does not tell; null where nothing else does.</param>
    /// <returns>False when others are or may be missing.</returns>
    public bool List(LeafReader leaves, List<(int Start, int Length)> found, int? known = null)
    {
        found.Clear();
        var isTold = HasDescriptor;
        var count = isTold ? RecordCount : known ?? int.MaxValue;
        var isWhole = isTold && (count * 2) + 2 <= size - DescriptorBytes;
        var position = DescriptorBytes;
        for (var index = 0; index < count; index++)
        {
            var (start, end) = (OffsetAt(index), OffsetAt(index + 1));
            if (start < position || end <= start || end > size - 2)
            {
                if (!isTold && start >= 0)
                {
                    break; // behind the last record's the table holds what was there before it
                }

                // its place is lost; but records lie one behind the other
                (start, end) = (position, position);
                isWhole = false;
            }

            var isPresent = IsReadable(start, Math.Max(end, Math.Min(start + 2, size)));
            var length = isPresent ? leaves.Measure(ReadableFrom(start)) : -1;
            if (length > 0 && (end == start || length <= end - start))
            {
                end = Math.Max(end, start + length);
                if (IsFollowed(index, end, count) && EndsInZeros(start + length))
                {
                    isWhole = false;
                }
                else
                {
                    found.Add((start, length));
                }
            }
            else
            {
                isWhole = false;
                if (end == start)
                {
                    break;
                }
            }

            position = end;
        }

        return isWhole;
    }

    /// <returns>The offset of a record, or of the free space behind the last one; -1 where it can't be read.</returns>
    public int OffsetAt(int index)
    {
        var at = size - (2 * (index + 1));
        var isReadable = at >= DescriptorBytes && IsReadable(at, at + 2);
        return isReadable ? BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(at)) : -1;
    }

    /// <returns>True where another record follows, or nothing tells since the table is blank too.</returns>
    private bool IsFollowed(int index, int end, int count) =>
        index + 1 < count ? HasDescriptor || OffsetAt(index + 2) > end : OffsetAt(0) == 0;

    /// <returns>True where a record that another follows ends amid zeros: a sector was blank, and the record's end with it.</returns>
    private bool EndsInZeros(int end) =>
        end % Unit != 0 && end < size && !Bytes.AsSpan(end / Unit * Unit, Unit).ContainsAnyExcept((byte)0);

    private ReadOnlySpan<byte> ReadableFrom(int start)
    {
        var end = (start / Unit * Unit) + Unit;
        while (end < size && IsReadable(end, end + Unit))
        {
            end += Unit;
        }

        return Bytes.AsSpan(start, Math.Min(end, size) - start);
    }
}
