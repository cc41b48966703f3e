using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Verification;

/// <summary>Reads archived files back from the storage and compares their hashes with the record.</summary>
public static class ArchivedFiles
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>The SHA-256 of a file without bytes.</summary>
    internal static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <param name="folder">The disc's folder.</param>
    /// <param name="entries">What to read; those without a hash are passed over.</param>
    /// <param name="onFile">Called with a file's path as its reading begins; from several threads.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <returns>The entries whose file is missing, can't be read, or has another hash; in order of path.</returns>
    public static IReadOnlyList<ListedEntry> FindWrong(
        DiscFolder folder, IEnumerable<ListedEntry> entries, Action<string> onFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(onFile);
        var wrong = new ConcurrentBag<ListedEntry>();
        ManyFiles.Each(
            entries.Where(entry => entry.Sha256 is not null),
            entry =>
            {
                onFile(entry.Path);
                if (TryHash(folder, Path.Combine(folder.FilesPath, entry.Path), cancellationToken) != entry.Sha256)
                {
                    wrong.Add(entry);
                }
            },
            cancellationToken);
        return [.. wrong.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <returns>True for an empty file, and for pipes and sockets, whose opening waits for somebody who writes.</returns>
    public static bool IsWithoutBytes(string path) => new FileInfo(path) is { Exists: true, Length: 0, LinkTarget: null };

    /// <returns>The SHA-256 of a file as the storage gives it, lower-case hexadecimal; null where it can't be read.</returns>
    public static string? TryHash(DiscFolder folder, string path, CancellationToken cancellationToken) =>
        TryHash(folder, path, ByteSet.Empty, cancellationToken);

    /// <param name="folder">The disc's folder.</param>
    /// <param name="path">The file.</param>
    /// <param name="zeroed">Bytes of the file that are taken as zeros, whatever they are.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <returns>The same for the file as it would be with those bytes lost.</returns>
    public static string? TryHash(DiscFolder folder, string path, ByteSet zeroed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(zeroed);
        if (IsWithoutBytes(path))
        {
            return HashOfNothing;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
            folder.Root.FileSystem.DropFromCache(file);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (long position = 0; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = RandomAccess.Read(file, buffer, position);
                if (count == 0)
                {
                    return Convert.ToHexStringLower(hash.GetHashAndReset());
                }

                foreach (var lost in zeroed.Within(new(position, count)))
                {
                    buffer.AsSpan((int)(lost.Start - position), (int)lost.Length).Clear();
                }

                hash.AppendData(buffer, 0, count);
                position += count;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file that can't be read back is a wrong file: the caller names it and keeps the image.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
