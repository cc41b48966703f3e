using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Verification;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Compares a file that lies in the archive, and of which no record tells what it is worth, with what the image shows of it. Where
/// nothing was read, the copy may have what the image lacks; where it is blank, nobody has.
/// </summary>
/// <param name="image">What was rescued so far.</param>
internal sealed class CopyComparison(RescuedImage image)
{
    private const int ChunkBytes = 128 * Sector.Size;

    /// <param name="path">The copy.</param>
    /// <param name="entry">The file on the disc.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    public ComparedCopy Compare(string path, ListedEntry entry, CancellationToken cancellationToken)
    {
        if (ArchivedFiles.IsWithoutBytes(path) && entry.Size > 0)
        {
            return ComparedCopy.Other;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        if (length > entry.Size)
        {
            return ComparedCopy.Other;
        }

        var content = new FileContent(image, entry.ToFileEntry());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (copy, disc) = (new byte[ChunkBytes], new byte[ChunkBytes]);
        var (unread, held) = (new List<ByteRange>(), new List<ByteRange>());
        var hasHoles = length < entry.Size;
        for (long position = 0; position < entry.Size; position += ChunkBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(ChunkBytes, entry.Size - position);
            var there = (int)Math.Clamp(length - position, 0, wanted);
            FileBytes.Fill(file, position, copy.AsSpan(0, there));
            hash.AppendData(copy, 0, there);
            if (content.TryRead(position, disc.AsSpan(0, wanted)) && copy.AsSpan(0, there).SequenceEqual(disc.AsSpan(0, there)))
            {
                continue;
            }

            foreach (var part in Parts(new(position, wanted), entry.Lost))
            {
                var start = (int)(part.Start - position);
                var mine = copy.AsSpan(start, (int)Math.Clamp(there - start, 0, part.Length));
                var isBlank = Sector.IsBlank(mine);
                var theirs = disc.AsSpan(0, (int)part.Length);
                if (!content.TryRead(part.Start, theirs))
                {
                    unread.Add(part);
                    if (!isBlank && mine.Length == part.Length)
                    {
                        held.Add(part);
                    }
                }
                else if (!mine.SequenceEqual(theirs[..mine.Length]))
                {
                    if (!isBlank)
                    {
                        return ComparedCopy.Other;
                    }

                    hasHoles = true;
                }
            }
        }

        return new(
            IsOther: false, hasHoles, ByteSet.Of(unread).Union(entry.Lost), ByteSet.Of(held), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Sectors of the file, cut where what was read begins and ends: those of the disc lie elsewhere where some have 2324 bytes.</summary>
    private static IEnumerable<ByteRange> Parts(ByteRange chunk, ByteSet lost)
    {
        for (var start = chunk.Start; start < chunk.End; start += Sector.Size)
        {
            var sector = new ByteRange(start, Math.Min(Sector.Size, chunk.End - start));
            foreach (var part in lost.Within(sector).Concat(lost.Missing(sector)).OrderBy(part => part.Start))
            {
                yield return part;
            }
        }
    }
}
