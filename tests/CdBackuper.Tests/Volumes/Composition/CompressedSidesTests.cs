using System.Globalization;
using System.Text;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Composition;

/// <summary>Discs of genisoimage with files that mkzftree compressed and that two or three sides of the disc name.</summary>
public sealed class CompressedSidesTests
{
    private static readonly string Numbers = string.Concat(
        Enumerable.Range(0, 40_000).Select(number => number.ToString("D5", CultureInfo.InvariantCulture)));

    private static readonly string Zeros = new('\0', 300_000);

    [Theory]
    [InlineData("-udf")]
    [InlineData("-allow-limited-size")] // which makes a UDF side too
    [InlineData("-udf", "-J")]
    [InlineData("-hfs")]
    public void A_compressed_file_stands_in_the_tree_once(params string[] sides)
    {
        using var source = Source();
        var disc = Make(source, sides);
        var volume = VolumeReader.Read(disc)!;

        Assert.True(volume.Trees.Count > 1);
        Assert.Equal(
            ["below", "below/deep", "numbers", "tiny", "zeros"],
            EntryPaths.Assign([.. volume.Entries.Where(entry => entry.Preamble.IsEmpty && !IsOfDesktop(entry))]).Order(StringComparer.Ordinal));
        Assert.Equal(Numbers, Content(disc, volume.Entry("numbers")));
        Assert.Equal(Zeros, Content(disc, volume.Entry("zeros")));
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void Where_directories_of_the_side_that_knows_are_lost_its_files_are_decoded_on_the_other_side()
    {
        using var source = Source();
        var disc = Make(source, "-udf");
        var lost = disc.SectorOf("BELOW");
        var volume = VolumeReader.Read(disc.Without(lost))!;

        Assert.Equal(FileSystemKind.Udf, volume.Kind);
        Assert.Equal(["below", "below/deep", "numbers", "tiny", "zeros"], EntryPaths.Assign(volume.Entries).Order(StringComparer.Ordinal));
        Assert.Equal(Numbers, Content(disc, volume.Entry("numbers")));
        Assert.Equal(Numbers, Content(disc, volume.Entry("deep"))); // by its own header: no record of it is left
    }

    [Fact]
    public void What_only_the_other_side_has_is_kept()
    {
        using var source = Source();
        var disc = Make(source, "-udf");
        var sector = disc.SectorOf("TINY.;1");
        var whole = VolumeReader.ReadAll(disc);
        Assert.Contains(whole[1].Entries, entry => entry.Name == "tiny" && entry.Extents![0].Start == sector * 2048);

        // Rock Ridge has another file of that name, which lies where the descriptors do.
        BitConverter.GetBytes(16).CopyTo(disc.Bytes, disc.RecordOf("TINY.;1") + 2);
        var volume = VolumeReader.Read(disc)!;
        Assert.Equal(["_udf", "_udf/tiny"], EntryPaths.Assign(volume.Entries).Where(path => path.StartsWith('_')));
    }

    /// <summary>What the Macintosh's side has in any case: its folders, and the Finder's own file.</summary>
    private static bool IsOfDesktop(FileEntry entry) => entry is { Origin: "HFS", Name: "_hfs" or "below" or "Desktop DB" };

    private static TempFolder Source()
    {
        Tool.Require("mkzftree");
        using var plain = new TempFolder().With("numbers", Numbers).With("zeros", Zeros).With("tiny", "t").With("below/deep", Numbers);
        var source = new TempFolder();
        Tool.Run("mkzftree", plain.Path, source["tree"]);
        return source;
    }

    private static ScratchedDisc Make(TempFolder source, params string[] sides)
    {
        Tool.Require("genisoimage");
        using var target = new TempFolder();
        Tool.Run("genisoimage", ["-quiet", "-R", "-z", .. sides, "-o", target["disc.iso"], source["tree"]]);
        return new(File.ReadAllBytes(target["disc.iso"]));
    }

    private static string Content(ScratchedDisc disc, FileEntry entry)
    {
        var bytes = new byte[entry.Size];
        Assert.True(new FileContent(disc, entry).TryRead(0, bytes));
        return Encoding.Latin1.GetString(bytes);
    }
}
