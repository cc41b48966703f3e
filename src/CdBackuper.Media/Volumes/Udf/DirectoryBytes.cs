using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// The bytes of a directory, one behind the other though they lie in many extents: read in large pieces, and where one
/// can't be read, block by block, each from its copy if there is one.
/// </summary>
internal sealed class DirectoryBytes(StructureReader structures, IReadOnlyList<ContentRun> runs)
{
    private const int PieceBytes = 256 << 10;

    private readonly UdfDisc disc = structures.Disc;

    // The reader's run has room for what is left of a name, a piece, and the rest of the piece's first and last sector.
    private readonly byte[] buffer = structures.Disc.Reader.Run;

    private int start;
    private int end;
    private int runIndex;
    private long runOffset;
    private long slowEnd;
    private long pieceDistance;
    private long restDistance;
    private int pieceStart;
    private int repairsLeft = UdfLimits.DirectoryRepairs;

    /// <summary>What was read and not yet passed.</summary>
    public ReadOnlySpan<byte> Rest => buffer.AsSpan(start, end - start);

    /// <summary>True when there is nothing behind <see cref="Rest"/>.</summary>
    public bool IsAtEnd => runIndex >= runs.Count;

    /// <summary>How many bytes of the directory were read, or tried to be.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The sector where <see cref="Rest"/> begins.</summary>
    public long? SectorNumber => UdfDisc.SectorOf(start + (start < pieceStart ? restDistance : pieceDistance));

    public void Pass(int count) => start += count;

    /// <summary>Reads on; not to be called at the end.</summary>
    /// <returns>
    /// False when a block can't be read. It is left out, and what stood before it is no longer in <see cref="Rest"/>.
    /// </returns>
    public bool TryReadOn()
    {
        MoveRestToFront();
        var run = runs[runIndex];
        var position = run.Position < 0 ? UdfDisc.Nowhere : run.Position + runOffset;
        var isSlow = runOffset < slowEnd;
        var count = (int)Math.Min(run.Length - runOffset, isSlow ? disc.BlockSize : PieceBytes);
        var isRead = !run.IsHole && (isSlow ? TryReadBlock(run, position, count) : TryReadPiece(position, count));
        if (!isRead && !isSlow && !run.IsHole && run.Length > 0)
        {
            slowEnd = runOffset + count;
            return TryReadOn();
        }

        (pieceStart, pieceDistance) = (end, position - end);
        BytesRead += count;
        runOffset += count;
        end = isRead ? end + count : start;
        if (runOffset >= run.Length)
        {
            (runIndex, runOffset, slowEnd) = (runIndex + 1, 0, 0);
        }

        return isRead;
    }

    /// <summary>
    /// Puts the copies of the two blocks where <see cref="Rest"/> begins in their place, since what stands there makes
    /// no
    /// sense.
    /// </summary>
    /// <returns>True when there is a copy and it differs.</returns>
    public bool TryUseCopy()
    {
        if (repairsLeft-- <= 0)
        {
            return false;
        }

        // The first of them is the one where the rest begins, the second may be in another run.
        var (isChanged, count, runStart) = (false, 0, 0L);
        var offset = BytesRead - (end - start);
        foreach (var run in runs)
        {
            var first = Math.Max(0, offset - runStart) / disc.BlockSize * disc.BlockSize;
            for (var block = first; block < run.Length && count < 2; block += disc.BlockSize, count++)
            {
                isChanged |= !run.IsHole && TryReplace(run, block, offset - runStart - block);
            }

            runStart += run.Length;
        }

        return isChanged;
    }

    /// <param name="run">The run.</param>
    /// <param name="block">Where in it the block begins.</param>
    /// <param name="skip">
    /// How far into the block <see cref="Rest"/> begins; negative where the block begins behind that.
    /// </param>
    private bool TryReplace(ContentRun run, long block, long skip)
    {
        var count = (int)Math.Min(disc.BlockSize, run.Length - block);
        var copy = CopyOf(run, block);
        if (copy < 0 || copy == run.Position + block || disc.Read(copy, count) is not { } bytes)
        {
            return false;
        }

        var from = (int)Math.Max(0, skip);
        var target = start + (int)Math.Max(0, -skip);
        var length = Math.Min(count - from, end - target);
        if (length <= 0 || bytes.AsSpan(from, length).SequenceEqual(buffer.AsSpan(target, length)))
        {
            return false;
        }

        bytes.AsSpan(from, length).CopyTo(buffer.AsSpan(target));
        AddMirrorUsed(UdfDisc.SectorOf(run.Position + block), "is not whole");
        return true;
    }

    private void MoveRestToFront()
    {
        restDistance = start + (start < pieceStart ? restDistance : pieceDistance);
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        pieceStart = end;
    }

    private bool TryReadPiece(long position, int count)
    {
        if (position < 0)
        {
            return false;
        }

        disc.Note(new(position, count));
        var first = position / Sector.Size;
        var skip = (int)(position % Sector.Size);
        var sectors = (int)Sector.Count(skip + count);
        if (sectors == 1)
        {
            // most directories are small, and stand beside the entries that were just read
            return TryCopy(disc.Reader.ReadBytes(new(position, count)));
        }

        if (!disc.Reader.TryRead(first, buffer.AsSpan(end, sectors * Sector.Size)))
        {
            return false;
        }

        buffer.AsSpan(end + skip, count).CopyTo(buffer.AsSpan(end));
        return true;
    }

    private bool TryReadBlock(ContentRun run, long position, int count)
    {
        if (position >= 0 && TryCopy(disc.Reader.ReadBytes(new(position, count))))
        {
            return true;
        }

        var copy = CopyOf(run, runOffset);
        if (copy >= 0 && copy != position && TryCopy(disc.Read(copy, count)))
        {
            AddMirrorUsed(UdfDisc.SectorOf(position), "can't be read");
            return true;
        }

        disc.Damages.Add(
            DamageIds.StructureUnreadable,
            UdfDisc.SectorOf(position),
            "A block of a directory can't be read: the names in it are lost.");
        return false;
    }

    private long CopyOf(ContentRun run, long offset) => run.Place is { } place
        ? structures.PartitionOf(place.Partition).FindCopy(place.Block + (offset / disc.BlockSize))
        : UdfDisc.Nowhere;

    private void AddMirrorUsed(long? sector, string why) => disc.Damages.Add(
        DamageIds.UdfMirrorUsed,
        sector,
        $"A block of a directory {why}: its copy in the metadata mirror file was used.");

    private bool TryCopy(byte[]? bytes)
    {
        bytes?.CopyTo(buffer, end);
        return bytes is not null;
    }
}
