using System.Diagnostics;
using System.Globalization;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Bench;

/// <summary>
/// What <c>list --files</c> does, inside a process that has done it once already: reads the volumes, gives every entry its
/// path and writes the lines to nowhere. Prints the seconds it took, .NET's start and compilation left out.
/// </summary>
internal static class Reading
{
    public static void Run(string imagePath)
    {
        List(imagePath);
        var clock = Stopwatch.StartNew();
        List(imagePath);
        Console.WriteLine(clock.Elapsed.TotalSeconds.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    private static void List(string imagePath)
    {
        using var image = new ImageFile(imagePath);
        var content = VolumeReader.Read(image) ?? throw new InvalidOperationException("No file system was found.");
        using var lines = new StreamWriter(Stream.Null);
        var paths = EntryPaths.Assign(content.Entries);
        for (var index = 0; index < paths.Count; index++)
        {
            var entry = content.Entries[index];
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Kind} {entry.Size} {entry.Modified:u} {paths[index]}"));
        }
    }
}
