using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Truth;

/// <summary>Makes the discs of the grid by public tools, some megabytes each, the same at every run.</summary>
internal static class TruthDiscs
{
    /// <summary>Between the first session's end and the second session: lead-out, lead-in and pre-gap of a CD.</summary>
    private const long SessionGap = 11_400;

    /// <summary>Sectors behind the volumes that no drive need read.</summary>
    public const int RunOut = 2;

    public static IReadOnlyList<string> Kinds { get; } = ["ISO 9660", "Joliet", "Rock Ridge", "UDF", "ISO and UDF", "two sessions", "HFS hybrid"];

    /// <param name="folder">Where it is made; gets folders of its own.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static TruthDisc Make(string folder, string kind)
    {
        var own = Directory.CreateDirectory(System.IO.Path.Combine(folder, kind.Replace(' ', '-'))).FullName;
        var (source, image) = (System.IO.Path.Combine(own, "source"), System.IO.Path.Combine(own, "disc.iso"));
        var files = Photographs(kind).ToArray();
        Write(source, files);
        var noData = new HashSet<long>();
        var trees = kind switch
        {
            "ISO 9660" => [],
            "Joliet" => ["-J"],
            "Rock Ridge" => ["-R"],
            "UDF" or "ISO and UDF" => ["-udf"],
            "HFS hybrid" => ["-hfs", "-R"],
            _ => (string[])["-R", "-J"],
        };
        Tool.Run("genisoimage", ["-quiet", .. trees, "-V", "TRUTH", "-o", image, source]);
        IEnumerable<(string Path, byte[] Content)> all = files;
        if (kind == "UDF")
        {
            TakeIsoOff(image);
        }
        else if (kind == "two sessions")
        {
            all = files.Concat(AddSession(own, image, noData));
        }

        using (var longer = File.OpenWrite(image))
        {
            longer.SetLength(longer.Length + (RunOut * Sector.Size));
        }

        return TruthDisc.Of(kind, image, all.Select(file => (System.IO.Path.GetFileName(file.Path), file.Content)), noData);
    }

    /// <summary>Names that every file system holds as they are. Lengths at and around the ends of sectors.</summary>
    private static IEnumerable<(string Path, byte[] Content)> Photographs(string kind)
    {
        var random = new Random(kind.Aggregate(5, (sum, letter) => (sum * 31) + letter));
        (string, byte[]) Make(string path, int length)
        {
            var content = new byte[length];
            random.NextBytes(content);
            return (path, content);
        }

        yield return Make("EMPTY.TXT", 0);
        yield return Make("LETTER.DOC", 5);
        yield return Make("SECTOR.BIN", 2048);
        yield return Make("SHORT.BIN", 2047);
        yield return Make("LONG.BIN", 2049);
        for (var number = 1; number <= 20; number++)
        {
            yield return Make(string.Create(CultureInfo.InvariantCulture, $"DCIM/IMG_{number:D4}.JPG"), 20_000 + random.Next(90_000));
        }

        // A folder of several sectors.
        for (var number = 1; number <= 70; number++)
        {
            yield return Make(string.Create(CultureInfo.InvariantCulture, $"DCIM/SMALL/PIC_{number:D4}.JPG"), 500 + random.Next(5_000));
        }

        yield return Make("FILMS/FILM.AVI", 1_500_000);
    }

    private static void Write(string folder, IEnumerable<(string Path, byte[] Content)> files)
    {
        foreach (var (path, content) in files)
        {
            var target = System.IO.Path.Combine(folder, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }
    }

    /// <summary>A second session that keeps most of the first, has one file changed, one left out and some new.</summary>
    private static List<(string Path, byte[] Content)> AddSession(string folder, string image, HashSet<long> noData)
    {
        var random = new Random(11);
        var added = new List<(string Path, byte[] Content)>();
        foreach (var (path, length) in new[] { ("DCIM/IMG_0003.JPG", 41_000), ("NEW/NEW_0001.JPG", 150_000), ("NEW/NEW_0002.JPG", 3_000) })
        {
            var content = new byte[length];
            random.NextBytes(content);
            added.Add((path, content));
        }

        var (source, second) = (System.IO.Path.Combine(folder, "source"), System.IO.Path.Combine(folder, "second.iso"));
        File.Delete(System.IO.Path.Combine(source, "DCIM/IMG_0004.JPG"));
        Write(source, added);
        var end = new FileInfo(image).Length / Sector.Size;
        var start = end + SessionGap;
        Tool.Run("genisoimage", "-quiet", "-R", "-J", "-V", "TRUTH", "-C", $"0,{start}", "-M", image, "-o", second, source);
        using (var disc = File.OpenWrite(image))
        using (var session = File.OpenRead(second))
        {
            disc.Position = start * Sector.Size;
            session.CopyTo(disc);
        }

        noData.UnionWith(Enumerable.Range(0, (int)SessionGap).Select(index => end + index));
        return added;
    }

    /// <summary>
    /// genisoimage writes UDF only beside ISO 9660. Without that, the recognition sequence is moved to sector 16, where one begins (ECMA-167 2/8.3).
    /// </summary>
    private static void TakeIsoOff(string image)
    {
        var bytes = File.ReadAllBytes(image);
        var recognition = (bytes.AsSpan().IndexOf("BEA01"u8) / Sector.Size * Sector.Size)..;
        var sequence = bytes[recognition][..(3 * Sector.Size)];
        bytes.AsSpan(16 * Sector.Size, recognition.Start.Value + sequence.Length - (16 * Sector.Size)).Clear();
        sequence.CopyTo(bytes, 16 * Sector.Size);
        File.WriteAllBytes(image, bytes);
    }
}
