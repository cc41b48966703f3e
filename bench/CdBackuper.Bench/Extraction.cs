using System.Diagnostics;
using System.Globalization;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Bench;

/// <summary>
/// What an import does between ddrescue's end and the record: reads the volume, plans, writes and hashes the files, moves
/// them into place, prints the hashes. Prints the seconds it took, .NET's start left out.
/// </summary>
internal static class Extraction
{
    public static void Run(string imagePath, string archivePath, bool syncs)
    {
        var root = ArchiveRoot.OpenToWrite(archivePath, requiresMount: false, new BenchFileSystem(syncs));
        var folder = root.Disc("BENCH");
        Directory.CreateDirectory(folder.Path);
        File.CreateSymbolicLink(folder.ImagePath, Path.GetFullPath(imagePath));
        var length = new FileInfo(imagePath).Length;
        File.WriteAllText(
            folder.MapPath,
            string.Create(CultureInfo.InvariantCulture, $"0x00000000     +               1\n0x00000000  0x{length:X}  +\n"));

        var clock = Stopwatch.StartNew();
        using var image = RescuedImage.TryOpen(folder) ?? throw new InvalidOperationException("The map was not read.");
        var volume = VolumeReader.Read(image) ?? throw new InvalidOperationException("No file system was found.");
        var found = ListingBuilder.Build(volume, image.Read, length);
        var steps = ShelfPlan.Decide(Listing.Empty, found, _ => false);
        var planned = clock.Elapsed;
        var entries = new FileShelver(folder, image, DateTimeOffset.UnixEpoch).Shelve(steps, _ => { }, CancellationToken.None);
        var shelved = clock.Elapsed;
        File.WriteAllLines(folder.ManifestPath, entries
            .Where(entry => entry.Sha256 is not null).Select(entry => Manifest.Line(entry.Sha256!, $"files/{entry.Path}")));
        Console.WriteLine(clock.Elapsed.TotalSeconds.ToString("0.0000", CultureInfo.InvariantCulture));
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"planned {planned.TotalSeconds:0.000} shelved {shelved.TotalSeconds:0.000}"));
    }
}
