namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>Where our listing differs from the kernel's, and why it should.</summary>
internal static class ExplainedDifferences
{
    /// <summary>The beginning of an image's path, what differs (a pattern on the tree's format, a colon and the difference), why.</summary>
    private static readonly (string Image, string Difference, string Reason)[] Table =
    [
        ("synth/", ": time dir1/year2(105|200): -?[0-9]+, ours [0-9]{10}$",
            "Linux 6.1 keeps the dates of ISO 9660 in 32 bits; they turn over in 2038 and 2106"),
        ("synth/", ": (missing|extra) link_long?$",
            "genisoimage writes an SL entry that says more than it holds; the kernel's stat fails and does not even list it"),
        ("synth/rr-deep-relocated", ": missing rr_moved$", "a folder that only held what belongs elsewhere; bsdtar hides it too"),
        ("synth/rr-joliet-deep-hide-moved", ": missing .rr_moved$", "as above"),
        ("synth/", @"^ISO 9660 \(Joliet\): (missing trailing\.dot|extra trailing\.dot\.|extra \.\.\.)$",
            "the kernel takes dots off the end of Joliet names; the disc has them"),
        ("synth/", @"^ISO 9660 \(Joliet\): content [Cc]ase\.txt$",
            "the kernel looks Joliet names up without regard to case, and so opened CASE.TXT three times"),
        ("", @": extra (.*/)?\._[^/]*$", "the kernel hides associated files unless it is told to show them"),
        ("synth/rr-joliet-different-trees", ": extra _(joliet|iso-9660)(/.*)?$", "what one tree hides from the other lies in a folder of its own"),
        ("synth/rr-zisofs2", ": (size|content) (numbers.txt|zeros.bin)",
            "Linux 6.1 knows version 1 of zisofs only; ZisofsTests compares the content with that of version 1"),
        ("synth/truncated-60000", "^ISO 9660: extra ", "the kernel can't stat names whose directory is cut off amid; they are there"),
        ("peer/dfvfs/iso9660.raw", ": time lost_found: ",
            "the folder's own record has another date than its parent's record of it; bsdtar takes the parent's too"),
        ("peer/misc/discutils-apple-test", "apple.te.*txt$",
            "an Apple AA entry stands before the NM entry; the kernel gives up there, bsdtar shows the long name too"),
    ];

    public static IEnumerable<string> Of(string image) => Table
        .Where(row => image.StartsWith(row.Image, StringComparison.Ordinal))
        .Select(row => row.Difference);
}
