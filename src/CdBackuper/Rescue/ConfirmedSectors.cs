using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Rescue;

/// <summary>
/// What a folder's image has of its disc, compared with the folder's archived files as it is read. Where they differ one of both rotted: a file
/// whose hash is right wins, else neither counts as read.
/// </summary>
/// <param name="folder">The disc's folder.</param>
/// <param name="image">What is read of its image.</param>
/// <param name="cancellationToken">Ends the hashing of a file, with an exception.</param>
internal sealed class ConfirmedSectors(DiscFolder folder, ISectorSource image, CancellationToken cancellationToken) : ISectorSource, IDisposable
{
    private readonly (ByteRange Place, ListedEntry Entry, long Position)[] runs =
        [.. ArchivedParts.RunsOf(folder.LoadListing() ?? Listing.Empty).OrderBy(run => run.Place.Start).ThenBy(run => run.Place.End)];
    private readonly Dictionary<string, bool> hasRightHash = new(StringComparer.Ordinal);
    private readonly byte[] archived = new byte[Sector.Size];
    private (string Path, SafeFileHandle? Handle)? opened;

    public long SectorCount => image.SectorCount;

    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (!image.TryRead(sector, buffer))
        {
            return false;
        }

        for (var done = 0; done < buffer.Length; done += Sector.Size)
        {
            if (!TryConfirm(sector + (done / Sector.Size), buffer.Slice(done, Sector.Size)))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => opened?.Handle?.Dispose();

    private bool TryConfirm(long sector, Span<byte> bytes)
    {
        var place = ByteRange.OfSectors(sector, 1);
        for (var index = LastBefore(place.End); index >= 0 && runs[index].Place.End > place.Start; index--)
        {
            var run = runs[index];
            var shared = run.Place.Intersect(place);
            var offset = run.Position - run.Place.Start;
            foreach (var part in run.Entry.Lost.Missing(new(shared.Start + offset, shared.Length)))
            {
                var mine = archived.AsSpan(0, (int)part.Length);
                var theirs = bytes.Slice((int)(part.Start - offset - place.Start), mine.Length);
                if (!TryReadArchived(run.Entry.Path, part.Start, mine) || mine.SequenceEqual(theirs))
                {
                    continue;
                }

                if (!HasRightHash(run.Entry))
                {
                    return false;
                }

                mine.CopyTo(theirs);
            }
        }

        return true;
    }

    /// <returns>The last run that begins before a place; -1 for none.</returns>
    private int LastBefore(long end)
    {
        var (low, high) = (0, runs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = runs[middle].Place.Start < end ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private bool HasRightHash(ListedEntry entry)
    {
        if (!hasRightHash.TryGetValue(entry.Path, out var isRight))
        {
            hasRightHash[entry.Path] = isRight = ArchivedFiles.TryHash(folder, Path.Combine(folder.FilesPath, entry.Path), cancellationToken) == entry.Sha256;
        }

        return isRight;
    }

    /// <returns>False where there is nothing to compare with.</returns>
    private bool TryReadArchived(string path, long start, Span<byte> buffer)
    {
        if (opened?.Path != path)
        {
            opened?.Handle?.Dispose();
            opened = (path, TryOpen(Path.Combine(folder.FilesPath, path)));
        }

        return opened is { Handle: { } file } && FileBytes.Read(file, start, buffer) == buffer.Length;
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody took it away: the image is all that is left.
            return null;
        }
    }
}
