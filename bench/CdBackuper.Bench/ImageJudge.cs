using System.Text.RegularExpressions;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Bench;

/// <summary>Compares our reading of an image with what the kernel listed of the same file systems.</summary>
internal static partial class ImageJudge
{
    /// <param name="images">The corpus' folder of images.</param>
    /// <param name="image">The image's path below it.</param>
    public static ImageVerdict Judge(string images, string image)
    {
        var path = Path.Combine(images, image);
        using var file = new ImageFile(path);
        var reading = Task.Run(() => VolumeReader.ReadAll(file));
        try
        {
            if (!reading.Wait(TimeSpan.FromSeconds(ReaderTable.LimitSeconds)))
            {
                return ImageVerdict.Hang;
            }
        }
        catch (AggregateException)
        {
            return ImageVerdict.Crash;
        }

        if (image.StartsWith("hostile/", StringComparison.Ordinal))
        {
            return ImageVerdict.Ended; // the kernel is no judge of these; HostileIsoTests and HostileUdfTests say what is right
        }

        var verdicts = Judges(path + ".expect", reading.Result)
            .Select(row => Compare(image, file, row.Volume, row.Judge, row.IsFolded)).OfType<ImageVerdict>().ToList();
        return verdicts switch
        {
            [] => ImageVerdict.Ended,
            _ when verdicts.Contains(ImageVerdict.Wrong) && verdicts.Exists(verdict => verdict != ImageVerdict.Wrong) => ImageVerdict.Partly,
            _ => verdicts.Max(),
        };
    }

    /// <returns>The kernel's listings, each with our volume of the same kind; null where we found none.</returns>
    private static IEnumerable<(string Judge, IVolume? Volume, bool IsFolded)> Judges(string folder, IReadOnlyList<IVolume> volumes)
    {
        yield return (Path.Combine(folder, "kernel-udf-ro.txt"), volumes.FirstOrDefault(found => found.Kind == FileSystemKind.Udf), false);
        yield return (Path.Combine(folder, "kernel-hfs-ro.txt"), volumes.FirstOrDefault(found => found.Kind == FileSystemKind.Hfs), false);
        yield return (Path.Combine(folder, "kernel-hfsplus-ro.txt"), volumes.FirstOrDefault(found => found.Kind == FileSystemKind.HfsPlus), false);
        IVolume[] sessions = [.. volumes.Where(found => found.Kind == FileSystemKind.Iso9660)];

        // the kernel mounts what sector 16 names: the first session, or the last where a medium has grown
        var iso = sessions is [{ SessionStart: > 0 }, ..] ? sessions[^1] : sessions.FirstOrDefault();
        string[] names = iso?.Format switch
        {
            "ISO 9660" => ["kernel-iso9660-ro_norock_nojoliet.txt", "kernel-iso9660-ro.txt"],
            "ISO 9660 (Joliet)" => ["kernel-iso9660-ro_norock_utf8.txt", "kernel-iso9660-ro_norock.txt", "kernel-iso9660-ro.txt"],
            _ => ["kernel-iso9660-ro.txt"],
        };
        var judge = names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (judge is not null)
        {
            yield return (judge, iso, iso?.Format == "ISO 9660");
        }
    }

    /// <returns>Null where the kernel could not mount it, or listed nothing.</returns>
    private static ImageVerdict? Compare(string image, ImageFile file, IVolume? volume, string judge, bool isFolded)
    {
        if (!File.Exists(judge) || !File.ReadLines(judge).First().EndsWith(": OK", StringComparison.Ordinal))
        {
            return null;
        }

        var kernel = Listing.Kernels(judge, isFolded);
        kernel.Remove("");
        if (volume is null || kernel.Count == 0)
        {
            return kernel.Count == 0 ? null : ImageVerdict.Wrong;
        }

        // The public tools' rows tell names and sizes; times and modes are left to the tests.
        var all = Listing.Compare(kernel, Listing.Ours(volume, file, isFolded)).Where(difference => Compared().IsMatch(difference)).ToList();
        var left = all
            .Where(difference => !ExplainedDifferences.Of(image).Any(pattern => Regex.IsMatch($"{volume.Format}: {difference}", pattern)))
            .ToList();
        foreach (var difference in left.Take(3))
        {
            Console.Error.WriteLine($"{image} ({volume.Format}): {difference}");
        }

        return all.Count == 0 ? ImageVerdict.Right
            : left.Count == 0 ? ImageVerdict.Explained
            : left.Count(difference => !difference.StartsWith("extra", StringComparison.Ordinal)) < kernel.Count ? ImageVerdict.Partly
            : ImageVerdict.Wrong;
    }

    [GeneratedRegex("^(missing|extra|kind|size|content) ")]
    private static partial Regex Compared();
}
