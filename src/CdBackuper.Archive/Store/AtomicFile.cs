using System.Buffers;
using System.Text;

namespace CdBackuper.Archive.Store;

/// <summary>Replaces a file so that a reader, or a crash at any moment, finds the old content or the new, whole.</summary>
public sealed class AtomicFile(IArchiveFileSystem fileSystem)
{
    /// <summary>Behind a number of 32 hexadecimal digits.</summary>
    private const string TemporarySuffix = ".new";

    private const int BufferBytes = 1 << 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>EEXIST of Linux (asm-generic/errno-base.h), which .NET passes on as it is.</summary>
    private const int AlreadyExists = 17;

    /// <summary>Writes a temporary file beside the target, makes it durable, renames it over the target.</summary>
    /// <param name="path">The target.</param>
    /// <param name="text">Its new content.</param>
    /// <param name="place">A folder for the temporary file, in the same file system; null for that of the target.</param>
    public void Write(string path, string text, string? place = null) => Write(path, [text], place);

    /// <inheritdoc cref="Write(string, string, string?)"/>
    /// <param name="path">The target.</param>
    /// <param name="text">Its new content, in pieces.</param>
    /// <param name="place">A folder for the temporary file, in the same file system; null for that of the target.</param>
    public void Write(string path, IEnumerable<string> text, string? place = null)
    {
        var temporary = TemporaryFor(path, place);
        try
        {
            WriteNew(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
        }

        fileSystem.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a file that must not exist yet. It is there whole or not at all, whatever crashes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="place">A folder for the temporary file, in the same file system; null for that of the target.</param>
    /// <returns>
    /// False when it exists already; then nothing was written. Atomic over NFS as well: link (RFC 8881 §18.9), and where there are
    /// no links O_EXCL (§18.16), which leaves an empty file where a crash comes between the making and the writing.
    /// </returns>
    /// <exception cref="IOException">It could not be made (no space left); then it is not there.</exception>
    public bool TryCreate(string path, string text, string? place = null)
    {
        if (File.Exists(path))
        {
            return false;
        }

        var temporary = TemporaryFor(path, place);
        bool? isMade;
        try
        {
            WriteNew(temporary, [text]);
            isMade = fileSystem.TryLink(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }

        isMade ??= TryCreateExclusively(path, text);
        if (isMade == true)
        {
            fileSystem.SyncDirectory(Path.GetDirectoryName(path)!);
        }

        return isMade == true;
    }

    /// <returns>
    /// True for a name of files while they are written: what a crash leaves of them may be deleted. A person's notes.new is none.
    /// </returns>
    public static bool IsTemporary(string path) =>
        path.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && Path.GetExtension(path[..^TemporarySuffix.Length]) is { Length: 33 } number && !number.AsSpan(1).ContainsAnyExcept(HexDigits);

    /// <summary>Deletes what crashes left in a folder that many write to: temporary files that nobody can be writing any more.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="before">Files last changed before it are old. A wrong clock costs their writer one try, no more.</param>
    public static void DeleteLeftovers(string folder, DateTimeOffset before)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + TemporarySuffix))
        {
            if (IsTemporary(path) && File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Gives a file or folder a new name beside its old one, so that something else can take its place.</summary>
    /// <param name="path">What is set aside; nothing happens when it does not exist.</param>
    /// <param name="why">A word for the name: <c>corrupt</c>, <c>unused</c>, <c>backup</c>.</param>
    /// <param name="now">The moment for the name.</param>
    /// <param name="by">A folder by way of which it goes, in the same file system: where that is gone, nothing happens. Null for the straight way.</param>
    /// <returns>The new path; null when there was nothing.</returns>
    /// <exception cref="IOException">It could not be set aside.</exception>
    public string? SetAside(string path, string why, DateTimeOffset now, string? by = null)
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        var aside = FreeName(path, why, now);
        var passing = by is null ? path : Path.Combine(by, Path.GetFileName(path));
        if (by is not null)
        {
            // In one step: of a link and a deletion the second would come late.
            Move(path, passing, overwrite: true);
        }

        Move(passing, aside, overwrite: false);
        fileSystem.SyncDirectory(Path.GetDirectoryName(path)!);
        return aside;
    }

    /// <summary>Copies a file to a name beside it, so that its own can be replaced and nothing is ever missing.</summary>
    /// <param name="path">What is copied.</param>
    /// <param name="why">A word for the name.</param>
    /// <param name="now">The moment for the name.</param>
    /// <returns>The copy's path.</returns>
    public string KeepCopy(string path, string why, DateTimeOffset now)
    {
        var copy = FreeName(path, why, now);
        var temporary = $"{copy}.{Guid.NewGuid():N}{TemporarySuffix}";
        File.Copy(path, temporary);
        using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, copy, overwrite: false);
        fileSystem.SyncDirectory(Path.GetDirectoryName(path)!);
        return copy;
    }

    private static void Move(string path, string target, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            Directory.Move(path, target);
        }
        else
        {
            File.Move(path, target, overwrite);
        }
    }

    private static string FreeName(string path, string why, DateTimeOffset now)
    {
        var stem = $"{path}.{why}-{now.UtcDateTime:yyyyMMdd-HHmmss}";
        var free = stem;
        for (var count = 2; Path.Exists(free); count++)
        {
            free = $"{stem}-{count}";
        }

        return free;
    }

    /// <summary>A name of its own for each writer: two programs that start at once write the same page.</summary>
    private static string TemporaryFor(string path, string? place) =>
        $"{(place is null ? path : Path.Combine(place, Path.GetFileName(path)))}.{Guid.NewGuid():N}{TemporarySuffix}";

    private static void WriteNew(string path, IEnumerable<string> text)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
        foreach (var piece in text)
        {
            stream.Write(Encoding.UTF8.GetBytes(piece));
        }

        stream.Flush(flushToDisk: true);
    }

    private static bool TryCreateExclusively(string path, string text)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (IOException problem) when (problem.HResult == AlreadyExists || File.Exists(path))
        {
            // Asking alone would not do: whoever was first may have deleted it again since.
            return false;
        }

        try
        {
            using (stream)
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
        }
        catch (Exception)
        {
            // An empty file of that name would say that somebody else was first.
            File.Delete(path);
            throw;
        }

        return true;
    }
}
