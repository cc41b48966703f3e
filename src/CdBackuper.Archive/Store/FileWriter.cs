using System.Buffers;
using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>Writes one file from the image, extent by extent, and hashes it while its bytes are at hand.</summary>
/// <param name="image">The image's bytes.</param>
/// <param name="fileSystem">For copying inside the file system; null to copy through memory.</param>
internal sealed class FileWriter(RescuedImage image, IArchiveFileSystem? fileSystem)
{
    private const int ChunkBytes = 256 * 1024;

    /// <param name="path">A file that does not exist yet, in a folder that does.</param>
    /// <param name="entry">Its length, time, extents and what the image lacks of it.</param>
    /// <param name="older">A damaged copy that may fill what the image lacks, and what it lacks itself; null for none.</param>
    /// <param name="cancellationToken">Ends the writing between two chunks; what was written is then of no use.</param>
    /// <returns>The SHA-256 of what was written, lower-case hexadecimal. What nobody has read is zeros.</returns>
    public string Write(string path, ListedEntry entry, (string Path, ByteSet Lost)? older, CancellationToken cancellationToken)
    {
        using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        using var patch = older is null ? null : File.OpenHandle(older.Value.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(entry.Size, 1, ChunkBytes));
        try
        {
            long position = 0;
            foreach (var extent in entry.Extents!)
            {
                var whole = extent.IsStored && !entry.Lost.Within(new(position, extent.Length)).Any();
                var offset = extent.Start - position;
                var copied = whole && fileSystem is not null
                    ? fileSystem.CopyRange(image.Handle, extent.Start, target, position, extent.Length)
                    : 0;
                foreach (var piece in Pieces(new(position, extent.Length), extent.IsStored ? entry.Lost : null, buffer.Length))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var bytes = buffer.AsSpan(0, (int)piece.Range.Length);
                    bytes.Clear();
                    var isData = true;
                    if (piece.IsRead)
                    {
                        Fill(image.Handle, piece.Range.Start + offset, bytes);
                    }
                    else
                    {
                        isData = patch is not null && FillFromOlder(patch, older!.Value.Lost, piece.Range, bytes);
                    }

                    hash.AppendData(bytes);
                    if (isData && piece.Range.End - position > copied)
                    {
                        RandomAccess.Write(target, bytes, piece.Range.Start);
                    }
                }

                position += extent.Length;
            }

            // Zeros at the end were not written.
            if (!entry.Lost.IsEmpty || entry.Extents!.Any(extent => !extent.IsStored))
            {
                RandomAccess.SetLength(target, entry.Size);
            }

            SetTime(target, entry.Modified);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Cuts a run of the file into chunks that were read whole, or not at all.</summary>
    private static IEnumerable<(ByteRange Range, bool IsRead)> Pieces(ByteRange run, ByteSet? lost, int chunkBytes)
    {
        if (lost is null)
        {
            return Cut(run, chunkBytes).Select(chunk => (chunk, false));
        }

        return lost.Missing(run).Select(part => (part, true)).Concat(lost.Within(run).Select(part => (part, false)))
            .OrderBy(part => part.Item1.Start)
            .SelectMany(part => Cut(part.Item1, chunkBytes).Select(chunk => (chunk, part.Item2)));
    }

    private static IEnumerable<ByteRange> Cut(ByteRange run, int chunkBytes)
    {
        for (var start = run.Start; start < run.End; start += chunkBytes)
        {
            yield return new(start, Math.Min(chunkBytes, run.End - start));
        }
    }

    private static bool FillFromOlder(SafeFileHandle older, ByteSet lostThere, ByteRange range, Span<byte> bytes)
    {
        var any = false;
        foreach (var part in lostThere.Missing(range))
        {
            Fill(older, part.Start, bytes.Slice((int)(part.Start - range.Start), (int)part.Length));
            any = true;
        }

        return any;
    }

    private static void Fill(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
            {
                throw new EndOfStreamException($"The image or an older copy ends at {offset}, before what was rescued of it.");
            }

            offset += count;
            bytes = bytes[count..];
        }
    }

    private static void SetTime(SafeFileHandle target, DateTimeOffset? modified)
    {
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(target, time.UtcDateTime);
        }
    }
}
