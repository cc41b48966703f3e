using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Tidy;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes.Golden;

/// <summary>
/// What the reader makes of a handful of images, kept as text: a change in behaviour shows as a diff. Run with
/// UPDATE_GOLDEN=1 to write the texts anew, then read the diff.
/// </summary>
public sealed class GoldenDumpTests
{
    [Theory]
    [InlineData("synth/iso-multisession3-genisoimage.iso")]
    [InlineData("synth/iso-multisession3-xorriso-grown.iso")]
    [InlineData("synth/rr-deep-relocated.iso")]
    [InlineData("synth/rr-zisofs2-xorriso.iso")]
    [InlineData("synth/joliet-norock-xorriso.iso")]
    [InlineData("synth/udf102-bridge-genisoimage.iso")]
    [InlineData("synth/hfs-hybrid-genisoimage-part.iso")]
    [InlineData("synth/apple-ext.iso")]
    [InlineData("synth/eltorito-bios-efi.iso")]
    [InlineData("hostile/dir-loop-mutual.iso")]
    public void A_disc_reads_as_it_did(string image)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        using var file = new ImageFile(Path.Combine(CorpusFolder.Images!, image));
        var found = VolumeDump.Print(VolumeReader.Read(file)!);
        var golden = Path.Combine(
            SourceTree.Root, "tests/CdBackuper.Tests/Volumes/Golden", Path.GetFileNameWithoutExtension(image) + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, found);
        }

        Assert.Equal(File.ReadAllText(golden), found);
    }
}
