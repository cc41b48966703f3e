using System.Diagnostics;
using System.Globalization;
using CdBackuper.Commands;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Bench;

/// <summary>
/// What <c>list --files</c> does, inside a process that has done it long enough to be compiled: reads the volumes, gives every
/// entry its path and writes the lines to nowhere. Prints the seconds it took, .NET's start and compilation left out.
/// </summary>
internal static class Reading
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static void Run(string imagePath)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < WarmUp;)
        {
            List(imagePath);
        }

        GC.Collect();
        var clock = Stopwatch.StartNew();
        List(imagePath);
        Console.WriteLine(clock.Elapsed.TotalSeconds.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    private static void List(string imagePath)
    {
        using var image = new ImageFile(imagePath).OpenDisc();
        var content = VolumeReader.Read(image) ?? throw new InvalidOperationException("No file system was found.");
        FilesText.Write(content.Entries, EntryPaths.Assign(content.Entries), Stream.Null);
    }
}
