using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive;

/// <summary>An archive of a test's own with one disc's folder, on the real file system.</summary>
internal sealed class Shelf : IDisposable
{
    public static DateTimeOffset Now { get; } = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder place = new();

    public Shelf(IArchiveFileSystem? fileSystem = null)
    {
        Root = ArchiveRoot.OpenToWrite(place["archive"], requiresMount: false, fileSystem ?? new LinuxFileSystem());
        Folder = Root.Disc("disc");
        Directory.CreateDirectory(Folder.IncomingPath);
    }

    public ArchiveRoot Root { get; }

    public DiscFolder Folder { get; }

    /// <summary>The path of a file below files/.</summary>
    public string this[string path] => Path.Combine(Folder.FilesPath, path);

    /// <summary>Puts an image with its map into the folder.</summary>
    public RescuedImage Image(byte[] bytes, ByteSet? read = null)
    {
        StoreImage(bytes, read ?? ByteSet.Of(new ByteRange(0, bytes.Length)));
        return RescuedImage.TryOpen(Folder)!;
    }

    public void StoreImage(byte[] bytes, ByteSet read)
    {
        var image = (byte[])bytes.Clone();
        foreach (var gap in read.Missing(new(0, image.Length)))
        {
            // What was not read must never be seen in a file.
            image.AsSpan((int)gap.Start, (int)gap.Length).Fill(0xEE);
        }

        File.WriteAllBytes(Folder.ImagePath, image);
        File.WriteAllText(Folder.MapPath, MapOf(read, image.Length));
    }

    public static string MapOf(ByteSet read, long length)
    {
        var all = new ByteRange(0, length);
        var lines = read.Within(all).Select(run => (run, '+')).Concat(read.Missing(all).Select(run => (run, '-')))
            .OrderBy(line => line.run.Start).Select(line => $"0x{line.run.Start:X} 0x{line.run.Length:X} {line.Item2}\n");
        return $"0x0 + 1\n{string.Concat(lines)}";
    }

    public static ListedEntry FileAt(string path, params Extent[] extents) => new()
    {
        Path = path,
        Kind = EntryKind.File,
        Size = extents.Sum(extent => extent.Length),
        Extents = extents,
        Modified = Now.AddYears(-20),
    };

    public static ListedEntry FolderAt(string path) => new() { Path = path, Kind = EntryKind.Directory, Modified = Now.AddYears(-10) };

    public static Listing ListingOf(params IReadOnlyList<ListedEntry> entries) => new("ISO 9660", entries, [], 0);

    /// <summary>Decides and does it, as the program does.</summary>
    public Listing Bring(Listing previous, Listing found, RescuedImage image, out IReadOnlyCollection<string> remarks)
    {
        var shelver = new FileShelver(Folder, image, Now);
        var steps = ShelfPlan.Decide(previous, found, entry => FileShelver.IsInPlace(Folder, entry));
        var entries = shelver.Shelve(steps, _ => { }, CancellationToken.None);
        remarks = shelver.Remarks;
        return found with { Entries = entries };
    }

    public string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(this[path])));

    public static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Dispose() => place.Dispose();
}
