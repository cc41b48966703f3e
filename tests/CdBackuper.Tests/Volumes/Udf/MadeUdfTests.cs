using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Discs written from the standard's text, of every kind of partition, revision and block size.</summary>
public sealed class MadeUdfTests
{
    public static TheoryData<string, int, int> Kinds() => new()
    {
        { "Plain", 0x0102, 2048 },
        { "Plain", 0x0150, 512 },
        { "Plain", 0x0201, 512 },
        { "Plain", 0x0201, 1024 },
        { "Plain", 0x0201, 2048 },
        { "Plain", 0x0201, 4096 },
        { "Virtual", 0x0150, 2048 },
        { "Virtual", 0x0201, 2048 },
        { "Virtual", 0x0250, 2048 },
        { "Sparable", 0x0150, 2048 },
        { "Sparable", 0x0201, 2048 },
        { "Metadata", 0x0250, 2048 },
        { "Metadata", 0x0260, 4096 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_is_read_and_nothing_complained_of(string layout, int revision, int blockSize)
    {
        var maker = MadeUdf.Make(Enum.Parse<UdfLayout>(layout), revision, blockSize);
        var disc = new ScratchedDisc(maker.WriteSession());
        var volume = disc.ReadUdf();

        Assert.Equal($"UDF {revision >> 8}.{revision & 0xFF:X2}", volume.Format);
        Assert.Equal("MADE DISC", volume.VolumeName);
        Assert.Equal("4f3a21b05c6d7e8f", volume.Uuid);
        Assert.Equal(["Anna", "Lab", "anna@example.invalid", "Made by hand", "Tests"], volume.Creators);
        Assert.Equal(UdfFields.Time.ToUniversalTime(), volume.Created);
        Assert.Equal(UdfFields.Time.AddDays(1).ToUniversalTime(), volume.Modified);
        Assert.Equal("closed", volume.Identifiers["integrity"]);
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
        AssertTree(maker, disc, volume);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_tools_of_Linux_believe_the_made_discs(string layout, int revision, int blockSize)
    {
        Tool.Require("udfinfo");
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["disc.udf"], MadeUdf.Make(Enum.Parse<UdfLayout>(layout), revision, blockSize).WriteSession());
        var said = Tool.Run("udfinfo", folder["disc.udf"]);

        Assert.Contains("label=MADE DISC\n", said, StringComparison.Ordinal);
        Assert.Contains("uuid=4f3a21b05c6d7e8f\n", said, StringComparison.Ordinal);
        Assert.Contains($"blocksize={blockSize}\n", said, StringComparison.Ordinal);
        Assert.Contains("type=RVDS\n", said, StringComparison.Ordinal);
        Assert.Contains("integrity=closed\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Seven_zip_reads_the_same_from_a_plain_disc()
    {
        Tool.Require("7zz");
        using var folder = new TempFolder();
        var maker = new UdfDiscMaker(UdfLayout.Plain, 0x0102);
        maker.Root.Add("data.bin", MadeUdf.Pattern(5000, 1));
        maker.Root.Folder("dir").Add(MadeUdf.WideName, MadeUdf.Bytes("wide"), form: 3);
        foreach (var node in MadeUdf.Paths(maker.Root).Values)
        {
            Assert.True(node.LinkCount == 1);
        }

        File.WriteAllBytes(folder["disc.udf"], maker.WriteSession());
        Tool.Run("7zz", "x", "-y", $"-o{folder["out"]}", folder["disc.udf"]);

        Assert.Equal(MadeUdf.Pattern(5000, 1), File.ReadAllBytes(Path.Combine(folder["out"], "data.bin")));
        Assert.Equal("wide", File.ReadAllText(Path.Combine(folder["out"], "dir", MadeUdf.WideName)));
    }

    private static void AssertTree(UdfDiscMaker maker, ScratchedDisc disc, IVolume volume)
    {
        var expected = MadeUdf.Paths(maker.Root);
        foreach (var stream in maker.SystemStreams.Names)
        {
            expected.Add(":*UDF Backup", stream.Node);
        }

        var read = MadeUdf.Paths(volume);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, node) in expected)
        {
            var entry = read[path];
            if (entry.Kind is EntryKind.File or EntryKind.Stream)
            {
                Assert.Equal(MadeUdf.Expected(node), MadeUdf.Content(disc, entry));
                Assert.Equal(entry.Size, entry.Extents!.Sum(extent => extent.Length));
            }

            Assert.Equal(UdfFields.Time.ToUniversalTime(), entry.Modified);
            Assert.Equal(node.IsExtended ? UdfFields.Time.AddYears(-1).ToUniversalTime() : null, entry.Created);
        }

        Assert.Equal("/../dir/.", read["link"].LinkTarget);
        Assert.Equal(EntryKind.Special, read["pipe"].Kind);
        Assert.Equal(0x81EDu | 0xE00u, read["data.bin"].Mode);
        Assert.Equal(0x41EDu, read["dir"].Mode);
        Assert.Equal(EntryKind.Directory, read["dir/sub"].Kind);
        Assert.Equal(UdfFields.Compress(MadeUdf.WideName), read[MadeUdf.WideName].RawName.ToArray());
    }
}
