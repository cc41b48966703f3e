using System.Globalization;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Commands.Demo;

/// <summary>A small disc with photographs, made in a folder, and a map that says which of its sectors are scratched.</summary>
internal sealed class DemoDisc(string folder)
{
    private const int Photographs = 9;

    public string ImagePath => Path.Combine(folder, "holiday.iso");

    public string ScratchesPath => Path.Combine(folder, "scratches.mapfile");

    /// <exception cref="IOException">genisoimage is missing or failed.</exception>
    public void Make(CancellationToken cancellationToken)
    {
        var source = Path.Combine(folder, "holiday");
        var photos = Directory.CreateDirectory(Path.Combine(source, "DCIM", "100DEMO"));
        for (var number = 1; number <= Photographs; number++)
        {
            var path = Path.Combine(photos.FullName, string.Create(CultureInfo.InvariantCulture, $"IMG_{number:D4}.png"));
            File.WriteAllBytes(path, Photograph.Take(number));
            File.SetLastWriteTimeUtc(path, new DateTime(2003, 7, number, 14, 30, 0, DateTimeKind.Utc));
        }

        File.WriteAllText(Path.Combine(source, "Read me.txt"), "Photographs of the summer of 2003.\n");
        var command = new ChildCommand("genisoimage", ["-quiet", "-R", "-J", "-V", "SUMMER_2003", "-o", ImagePath, source]);
        var outcome = Child.Run(command, null, cancellationToken);
        if (outcome.ExitCode != 0)
        {
            throw new IOException($"{command} failed with {outcome.ExitCode}.");
        }

        File.WriteAllText(ScratchesPath, Scratch());
    }

    /// <summary>Two photographs get a scratch, a third one is gone.</summary>
    private string Scratch()
    {
        using var disc = new ImageFile(ImagePath).OpenDisc();
        var photographs = VolumeReader.Read(disc)!.Entries
            .Where(entry => entry.Kind == EntryKind.File && entry.Name.EndsWith(".png", StringComparison.Ordinal))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => entry.Extents![0]).ToArray();
        ByteRange[] scratches =
        [
            new(photographs[1].Start + (40 * Sector.Size), 6 * Sector.Size),
            new(photographs[4].Start + (10 * Sector.Size), 1 * Sector.Size),
            new(photographs[4].Start + (50 * Sector.Size), 2 * Sector.Size),
            new(photographs[6].Start, Sector.Count(photographs[6].Length) * Sector.Size),
        ];
        var text = "# made by cdbackuper demo\n0x0 + 1\n";
        long position = 0;
        foreach (var scratch in scratches)
        {
            text += Line(position, scratch.Start, '+') + Line(scratch.Start, scratch.End, '-');
            position = scratch.End;
        }

        return text + Line(position, disc.LengthBytes, '+');
    }

    private static string Line(long start, long end, char status) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{start:X} 0x{end - start:X} {status}\n");
}
