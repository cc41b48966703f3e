using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Verification;

/// <summary>
/// Looks at a folder that a predecessor made, without its disc: what lies there, and what speaks against it. Changes nothing.
/// </summary>
/// <param name="folder">The folder.</param>
public sealed partial class PredecessorSurvey(DiscFolder folder)
{
    /// <summary>isoinfo.txt of the predecessor is some kilobytes.</summary>
    private const long MaxDumpBytes = 1 << 20;

    private const int HollowChecks = 64;

    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly ConcurrentBag<Doubt> doubts = [];

    /// <param name="onFile">Called with a file's path as its reading begins; from several threads.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    public PredecessorReport Look(Action<string> onFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onFile);
        if (!folder.LooksLikeDisc && !Directory.Exists(folder.FilesPath))
        {
            return new(folder, [], [new("folder.empty", null, "it holds no files, status or map")], 0);
        }

        var status = folder.LoadStatus();
        if (status is null)
        {
            doubts.Add(new("status.unreadable", null, "its status.json is missing or can't be read"));
        }

        else if (status is { Number: "", Status: not StatusWords.Success })
        {
            doubts.Add(new("status.failed", null, $"the script itself says {status.Status}: {status.Message}"));
        }

        var unread = LookAtMap(status);
        var entries = LookAtFiles(onFile, cancellationToken);
        if (!entries.Any(entry => entry.Kind == EntryKind.File))
        {
            doubts.Add(new("files.none", null, $"it holds no files, and its status says {status?.Status ?? "nothing"}"));
        }

        LookAtImage(entries, cancellationToken);
        return new(
            folder, entries, [.. doubts.OrderBy(doubt => doubt.Path, StringComparer.Ordinal).ThenBy(doubt => doubt.Id, StringComparer.Ordinal)], unread);
    }

    private long LookAtMap(DiscStatus? status)
    {
        if (!RescuedImage.TryLoadMap(folder, out var map, out var problem))
        {
            doubts.Add(problem.Length == 0
                ? new("map.missing", null, "it has no map, so nothing says whether all of the disc was read")
                : new("map.corrupt", null, $"its map can't be read: {problem}"));
            return 0;
        }

        var sectors = VolumeSectors();
        var end = Math.Max(map.End, sectors * Sector.Size);
        var unread = ByteSet.Of(new ByteRange(0, end)).Except(map.Finished).TotalLength;
        if (unread > 0)
        {
            doubts.Add(new("map.unread", null, $"{Sector.Count(unread)} sectors were never read, and its status says {status?.Status ?? "nothing"}"));
        }

        var hasImage = File.Exists(folder.ImagePath);
        if (unread > 0 && !hasImage)
        {
            doubts.Add(new("image.missing", null, "the image is gone while the map is not complete: the map is of no use"));
        }
        else if (hasImage && new FileInfo(folder.ImagePath).Length < map.Finished.End)
        {
            doubts.Add(new("image.short", null, "the image is shorter than its map says"));
        }

        return unread;
    }

    private ListedEntry[] LookAtFiles(Action<string> onFile, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.FilesPath))
        {
            return [];
        }

        var entries = new ConcurrentBag<ListedEntry>();
        ManyFiles.Each(
            Items(),
            item =>
            {
                var path = PathOf(item);
                var isFolder = item is DirectoryInfo;
                var entry = new ListedEntry
                {
                    Path = path,
                    Kind = isFolder ? EntryKind.Directory : EntryKind.File,
                    Modified = new DateTimeOffset(item.LastWriteTimeUtc),
                };
                if (!isFolder)
                {
                    onFile(path);
                    entry = LookAtFile(entry, item.FullName, cancellationToken);
                }

                entries.Add(entry);
            },
            cancellationToken);
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    private IEnumerable<FileSystemInfo> Items()
    {
        var folders = new Stack<DirectoryInfo>([new(folder.FilesPath)]);
        while (folders.TryPop(out var next))
        {
            foreach (var item in ItemsOf(next))
            {
                if (item is DirectoryInfo inner)
                {
                    folders.Push(inner);
                }

                yield return item;
            }
        }
    }

    /// <summary>Of a folder that can't be read nothing is known: that is a finding, and the others are looked at.</summary>
    private FileSystemInfo[] ItemsOf(DirectoryInfo parent)
    {
        try
        {
            var items = parent.GetFileSystemInfos("*", Visible);

            // .NET gives a path that is longer than the kernel takes as none at all.
            return items.All(item => item.FullName.Length > 0) ? items : throw new PathTooLongException();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            doubts.Add(new("folder.unreadable", PathOf(parent), $"what it holds can't be read: {fault.Message}"));
            return [];
        }
    }

    private string PathOf(FileSystemInfo item) => Path.GetRelativePath(folder.FilesPath, item.FullName);

    private ListedEntry LookAtFile(ListedEntry entry, string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            var scan = HoleScan.Of(fullPath, cancellationToken);
            if (FileDoubts.Of(entry.Path, scan) is { } doubt)
            {
                doubts.Add(doubt);
            }

            return entry with
            {
                Size = scan.Length,
                Sha256 = scan.Sha256,
                Extents = scan.Length == 0 ? [] : null,
                Unverified = ByteSet.Of(new ByteRange(0, scan.Length)),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One file that can't be read is a finding about it, and no reason to learn nothing of the others.
            doubts.Add(new("file.unreadable", entry.Path, $"it can't be read: {fault.Message}"));
            return entry;
        }
    }

    /// <summary>With the image, each file can be compared with where it lies on the disc.</summary>
    private void LookAtImage(ListedEntry[] entries, CancellationToken cancellationToken)
    {
        using var image = RescuedImage.TryOpen(folder);
        if (image is null || image.Read.IsEmpty)
        {
            return;
        }

        if (IsHollow(image))
        {
            doubts.Add(new("image.hollow", null, "most of the image is blank where its map says that it was read: its map is of another image"));
            return;
        }

        if (VolumeReader.Read(image) is not { } volume)
        {
            return;
        }

        var there = entries.Where(entry => entry.Sha256 is not null).Select(entry => entry.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var comparison = new CopyComparison(image);
        foreach (var entry in ListingBuilder.Build(volume, image.Read, image.Map.End).Files.Where(entry => entry.Origin is null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder.FilesPath, entry.Path);
            if (!there.Contains(entry.Path))
            {
                doubts.Add(new("file.missing", entry.Path, "the image has it, and it is not there"));
            }
            else if (File.Exists(path) && comparison.Compare(path, entry, cancellationToken) is { } copy && (copy.IsOther || copy.HasHoles))
            {
                doubts.Add(new("file.differs", entry.Path, copy.IsOther ? "it holds something else than the image" : "it is blank or cut off where the image is not"));
            }
        }
    }

    private static bool IsHollow(RescuedImage image)
    {
        var buffer = new byte[Sector.Size];
        var total = image.Plain.TotalLength / Sector.Size;
        var count = (int)Math.Min(HollowChecks, total);
        var blank = Enumerable.Range(0, count)
            .Count(index => image.TryRead(Media.Identity.Fingerprint.SectorAt(image.Plain, total * index / count), buffer)
                && Sector.IsBlank(buffer));
        return count > 0 && blank * 2 > count;
    }

    /// <returns>What isoinfo said of the volume's length, in sectors; 0 where it did not.</returns>
    private long VolumeSectors()
    {
        var file = new FileInfo(folder.IsoinfoPath);
        return file.Exists && file.Length <= MaxDumpBytes
            && VolumeSize().Match(File.ReadAllText(file.FullName)) is { Success: true } match
            && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sectors)
                ? sectors
                : 0;
    }

    [GeneratedRegex(@"^Volume size is: (\d{1,10})\s*$", RegexOptions.Multiline)]
    private static partial Regex VolumeSize();
}
