using System.IO.Compression;
using System.Security.Cryptography;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Names and contents of a Macintosh volume in the form that judges tell them.</summary>
internal static class MacListing
{
    /// <returns>By path; AppleDouble files, which other systems do not show, are left out.</returns>
    public static Dictionary<string, ListedEntry> Of(IVolume volume, ScratchedDisc disc)
    {
        var listing = new Dictionary<string, ListedEntry>(StringComparer.Ordinal);
        foreach (var (entry, path) in Paths(volume))
        {
            if (entry.Preamble.IsEmpty)
            {
                var isFile = entry.Kind == EntryKind.File;
                listing.Add(path.Split('\n')[0], new(
                    entry.Kind,
                    isFile ? entry.Size : null,
                    entry.Modified?.ToUnixTimeSeconds(),
                    entry.Mode is { } mode ? Convert.ToString((int)(mode & 0xFFF), 8) : null,
                    entry.LinkTarget,
                    isFile ? Hash(disc.Content(entry)) : null));
            }
        }

        return listing;
    }

    public static IEnumerable<(FileEntry Entry, string Path)> Paths(IVolume volume)
    {
        var paths = new Dictionary<FileEntry, string>();
        foreach (var entry in volume.Entries)
        {
            var path = entry.Parent is { } parent ? $"{paths[parent]}/{entry.Name}" : entry.Name;
            paths.Add(entry, path);
            yield return (entry, path);
        }
    }

    /// <returns>All bytes of a file: its preamble, and what the extents hold, decoded.</returns>
    public static byte[] Content(this ScratchedDisc disc, FileEntry entry)
    {
        using var content = new MemoryStream();
        content.Write(entry.Preamble.Span);
        foreach (var extent in entry.Extents!)
        {
            var stored = disc.Bytes.AsSpan((int)extent.Stored.Start, (int)extent.Stored.Length).ToArray();
            if (extent.IsCoded)
            {
                using var zlib = new ZLibStream(new MemoryStream(stored), CompressionMode.Decompress);
                zlib.CopyTo(content);
            }
            else
            {
                content.Write(stored);
            }
        }

        return content.ToArray();
    }

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
