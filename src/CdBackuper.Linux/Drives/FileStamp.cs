using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>By what a file is known to be the same, unchanged one.</summary>
internal sealed record FileStamp(string Path, ulong Inode, long Length, DateTimeOffset Modified)
{
    /// <returns>Null where there is no regular file of that name that can be asked.</returns>
    internal static FileStamp? Find(string path) => FileFacts.Find(path, out _) is { IsRegular: true } facts
        ? Of(path, facts)
        : null;

    internal static FileStamp Of(string path, FileFacts facts) => new(path, facts.Inode, facts.Length, facts.Modified);
}
