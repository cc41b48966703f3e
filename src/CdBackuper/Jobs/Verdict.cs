using CdBackuper.Archive.Format;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Jobs;

/// <summary>Says of a disc how it stands, and what to do: decided here alone, from facts alone.</summary>
/// <param name="Condition">What is known of the disc over all attempts.</param>
/// <param name="End">How this attempt ended.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="Next">What to do, for people.</param>
internal sealed record Verdict(DiscCondition Condition, DiscEnd End, string Message, string Next)
{
    /// <param name="listing">All that is known of the disc's names; without a format where no volume was read.</param>
    /// <param name="finishedBytes">How much of the disc the image has.</param>
    /// <param name="isImageComplete">True when the image has all of the disc.</param>
    /// <param name="number">The disc's number.</param>
    /// <param name="step">What is to be done where something is missing; null where the attempts do not tell.</param>
    /// <param name="isFile">True where it is no disc that could be taken out and written on, but a file.</param>
    public static Verdict Of(
        Listing listing, long finishedBytes, bool isImageComplete, string number, NextStep? step = null, bool isFile = false)
    {
        var counts = listing.Count();
        var done = isFile ? $"Its number is {number}." : $"Take it out, write {number} on it.";
        var mark = isFile ? done : $"Write {number} on it.";
        if (listing.IsWhole)
        {
            return new(
                DiscCondition.Whole,
                DiscEnd.Whole,
                DescribeWhole(listing, counts.Total) + DescribeOrigins(listing),
                done);
        }

        if (listing.VolumeFormat is null && finishedBytes == 0)
        {
            return new(
                DiscCondition.Unreadable,
                DiscEnd.Unreadable,
                "Nothing could be read.",
                $"{mark} {step?.Words ?? "Clean it, turn it a quarter, or try another drive."}");
        }

        if (listing.VolumeFormat is null && isImageComplete)
        {
            return new(
                DiscCondition.UnknownFileSystem,
                DiscEnd.UnknownFileSystem,
                "All of it was read, but it holds no file system that this version knows; the image is kept.",
                $"{done} A later version may read its files from the image.");
        }

        return new(
            DiscCondition.Damaged,
            DiscEnd.Damaged,
            DescribeDamage(listing, counts),
            isImageComplete && listing.UnreadStructureSectors == 0 && counts.Perfect == counts.Total
                ? $"{done} All of it was read, and no drive will read more: the image is kept, and has what is not among the files."
                : DescribeFilms(listing) is { } films ? $"{mark} {films}"
                : $"{mark} {step?.Words ?? "Clean it, turn it a quarter, or put it into another drive."} What was read is kept.");
    }

    /// <returns>What to do where nothing is missing but films that a drive does not give; null where that is not so.</returns>
    private static string? DescribeFilms(Listing listing)
    {
        var missing = listing.Files.Where(file => file.Condition != FileCondition.Perfect).ToArray();
        return missing.Length > 0 && listing.UnreadStructureSectors == 0
            && Array.TrueForAll(missing, file => file.Condition == FileCondition.Lost && file.Extents?.Any(run => run.IsForm2) == true)
            ? "This is a Video CD or the like: its films need raw reading (2352 bytes a sector), which this version does not do. Make a raw"
                + " image of it, for example with \"cdrdao read-cd --read-raw\", and import that. All else was read."
            : null;
    }

    /// <returns>"photo" or "document" where all are; else "file"; of several "photos" …</returns>
    private static string WordFor(Listing listing, int count)
    {
        var worths = listing.Files.Select(file => FileWorths.Of(file.Path)).Distinct().Take(2).ToArray();
        var word = worths is [FileWorth.Photograph] ? "photo" : worths is [FileWorth.Document] ? "document" : "file";
        return count == 1 ? word : word + "s";
    }

    private static string DescribeWhole(Listing listing, int count) => count switch
    {
        0 => "All of it was read, and it holds no files.",
        1 => $"The one {WordFor(listing, 1)} is perfect.",
        _ => $"All {count} {WordFor(listing, count)} are perfect.",
    };

    /// <summary>" 2 of them only session 1 has."; empty where the disc has one tree.</summary>
    private static string DescribeOrigins(Listing listing) => string.Concat(listing.Files
        .Where(file => file.Origin is not null)
        .GroupBy(file => file.Origin)
        .Select(origin => $" {origin.Count()} of them only {origin.Key} has."));

    /// <summary>"412 photos perfect, 3 damaged, 1 lost: DCIM/IMG_0123.JPG misses 6 KiB of 1.8 MiB".</summary>
    private static string DescribeDamage(Listing listing, FileCounts counts)
    {
        var worst = listing.Files.Where(file => file.Condition != FileCondition.Perfect).MaxBy(file => file.Lost.TotalLength);
        var first = worst is null ? ""
            : worst.Condition == FileCondition.Lost ? $": {worst.Path} is lost"
            : worst.Condition == FileCondition.Unverified ? $": {worst.Path} has {Words.Bytes(worst.Unverified.TotalLength)} that no attempt has read from the disc"
            : $": {worst.Path} misses {Words.Bytes(worst.Lost.TotalLength)} of {Words.Bytes(worst.Size)}";
        var structures = listing.VolumeFormat is null ? " No file system could be read yet."
            : listing.UnreadStructureSectors > 0
                ? $" {Words.Count(listing.UnreadStructureSectors, "sector")} of folders or descriptors {(listing.UnreadStructureSectors == 1 ? "is" : "are")} unread: there may be files that are not listed."
            : listing.LacksNames ? " The disc's own folders are broken: there may be files that are not listed."
            : listing.HasCodedFiles ? " Some are stored in a way that this version does not undo, and are archived as stored."
            : "";
        var unverified = counts.Total - counts.Perfect - counts.Damaged - counts.Lost;
        var beside = unverified == 0 ? "" : $", {unverified} unverified";
        return $"{counts.Perfect} {WordFor(listing, counts.Perfect)} perfect, {counts.Damaged} damaged, {counts.Lost} lost{beside}{first}.{structures}";
    }
}
