using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>A disc is strangers' data: what it calls its files never decides where they land.</summary>
public sealed class HostileNamesTests
{
    [Theory]
    [InlineData("Q1", "..")]
    [InlineData("Q2345", "../up")]
    [InlineData("Q23", "a/b")]
    [InlineData("Q2345678901", "/tmp/x/evil")]
    [InlineData("Q2345", "a\0bcd")]
    [InlineData("Q", ".")]
    public void A_hostile_file_name_stays_inside_and_its_content_is_kept(string burnt, string hostile)
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "EVIL", new SourceFiles(901).Add($"deep/{burnt}", 5000).Add("deep/good.txt", 3000), "-R")
            .Rename(burnt, hostile);

        var result = bench.Node().Import(disc.Path);

        MustKeepEverythingInside(bench, disc, result);
    }

    [Theory]
    [InlineData("Q1", "..")]
    [InlineData("Q234567", "../../x")]
    public void A_hostile_folder_name_stays_inside_and_what_it_holds_is_kept(string burnt, string hostile)
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "EVIL", new SourceFiles(902).Add($"{burnt}/inner.txt", 5000).Add("good.txt", 3000), "-R")
            .Rename(burnt, hostile);

        var result = bench.Node().Import(disc.Path);

        MustKeepEverythingInside(bench, disc, result);
    }

    [Fact]
    public void A_folder_with_the_name_of_a_symlink_is_not_written_through_it()
    {
        using var bench = new Bench();
        var outside = bench.Folder.NewFolder("outside");
        var files = new SourceFiles(903).Add("subB/inner.txt", 5000).Link("subA", outside);
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "EVIL", files, "-R").Rename("subB", "subA");

        var result = bench.Node().Import(disc.Path);

        MustKeepEverythingInside(bench, disc, result);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void Two_files_of_the_same_name_are_both_kept()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "EVIL", new SourceFiles(904).Add("same1", 5000).Add("same2", 6000), "-R")
            .Rename("same2", "same1");

        var result = bench.Node().Import(disc.Path);

        MustKeepEverythingInside(bench, disc, result);
    }

    private static void MustKeepEverythingInside(Bench bench, DiscImage disc, ToolResult result)
    {
        Assert.True(result.ExitCode is 0 or 3, result.ToString());
        var folder = bench.OnlyDisc;
        Assert.Equal(disc.Hashes.Values.Order(StringComparer.Ordinal), folder.Hashes.Values.Order(StringComparer.Ordinal));
        folder.ManifestMustHold();
        // Every source hash lies in files/, and nowhere else below the test's folder but in the source itself.
        var strays = FileHashes.Below(bench.Folder.Path)
            .Where(file => disc.Hashes.ContainsValue(file.Value))
            .Select(file => file.Key)
            .Where(file => !file.StartsWith("disc.iso.source/", StringComparison.Ordinal)
                && !file.StartsWith($"archive/{folder.Name}/files/", StringComparison.Ordinal));
        Assert.Empty(strays);
        Assert.False(Path.Exists("/tmp/x/evil"));
    }
}
