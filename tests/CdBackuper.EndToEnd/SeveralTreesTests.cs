using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Discs with more than one session or file system: one tree is the disc's, nothing of the others is left behind.</summary>
public sealed class SeveralTreesTests
{
    [Fact]
    public void Files_that_only_the_first_session_has_lie_beside_those_of_the_last()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);

        bench.Node().Import(sessions.Path).Expect(0);

        var folder = bench.OnlyDisc;
        Assert.Equal(sessions.Expected, folder.Hashes);
        folder.ManifestMustHold();
        Assert.Contains("session 1", folder.Status.Text("message"), StringComparison.Ordinal);
        Assert.False(folder.HasImage);
    }

    [Fact]
    public void A_session_that_was_added_is_read_and_what_lies_in_the_archive_stays()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        bench.Node().Import(sessions.First.Path).Expect(0);
        var before = bench.OnlyDisc.Inodes();

        bench.Node("node-b").Import(sessions.Path).Expect(0);

        var folder = bench.OnlyDisc;
        var kept = before.Keys.Except(["holiday/changed.jpg", "holiday/deleted.jpg"], StringComparer.Ordinal);
        Assert.All(kept, path => Assert.Equal(before[path], folder.Inodes()[path]));
        Assert.Equal("whole", folder.Status.Text("condition"));
        Assert.All(
            sessions.Expected.Where(file => !file.Key.StartsWith('_')),
            file => Assert.Contains(file.Value, folder.Hashes.Values));
        Assert.Contains(sessions.First.Hashes["holiday/deleted.jpg"], folder.Hashes.Values);
        Assert.Contains(sessions.First.Hashes["holiday/changed.jpg"], folder.Hashes.Values);
        folder.ManifestMustHold();
    }

    [Fact]
    public void A_file_that_was_damaged_when_a_session_with_the_same_content_came_is_completed_from_its_own_place()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        var bad = new Scratches(sessions.First).OnFile("kept.jpg", 5, 100).OnFile("holiday/changed.jpg", 3).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(sessions.First.Path, "--simulate-damage", bad).Expect(3);

        bench.Node("node-b").Import(sessions.Path).Expect(0);

        var folder = bench.OnlyDisc;
        Assert.All(sessions.First.Hashes, file => Assert.Equal(file.Value, folder.Hashes[file.Key]));
        folder.ManifestMustHold();
    }

    [Fact]
    public void Volumes_and_files_are_shown_without_an_import()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);

        var volumes = bench.Node().Run("show", "--volumes", sessions.Path, "--json").Expect(0).Json;
        Assert.Equal([null, "session 1"], volumes["volumes"]!.AsArray().Select(volume => volume!["origin"]?.GetValue<string>()));
        Assert.Equal([0, 2], volumes["volumes"]!.AsArray().Select(volume => volume!["filesBeside"]!.GetValue<int>()));
        Assert.Contains("the last of 2 sessions", bench.Node().Run("show", "--volumes", sessions.Path).Expect(0).Out, StringComparison.Ordinal);

        var listing = bench.Node().Run("list", "--files", sessions.Path, "--json").Expect(0).Json;
        var files = listing["entries"]!.AsArray().Where(entry => entry!.Text("kind") == "file").Select(entry => entry!.Text("path")!);
        Assert.Equal(sessions.Expected.Keys, files.Order(StringComparer.Ordinal));
        Assert.Contains("_session-1/holiday/deleted.jpg", bench.Node().Run("list", "--files", sessions.Path).Expect(0).Out, StringComparison.Ordinal);
        Assert.Empty(bench.Discs);
    }

    [Fact]
    public void What_is_looked_into_may_stand_on_either_side_of_the_option()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(1310, "ORDER", "order.iso").Path;
        foreach (var (command, option) in new[] { ("list", "--files"), ("show", "--volumes") })
        {
            string[][] orders =
            [
                [command, option, disc, "--json"],
                [command, option + "=" + disc, "--json"],
                [command, option, "--json", disc],
                [command, disc, option, "--json"],
                [command, disc, "--json", option],
                [command, "--json", disc, option],
                ["--json", command, disc, option],
            ];
            var answers = orders.Select(order => bench.Node().Run(order).Expect(0).Out).Distinct();
            Assert.Contains("ORDER", Assert.Single(answers), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("show", "--volumes", "no-such.iso")]
    [InlineData("list", "--files", "no-such.iso")]
    [InlineData("show")]
    [InlineData("show", "0001", "--volumes", "no-such.iso")]
    [InlineData("list", "no-such.iso", "--files", "other.iso")]
    [InlineData("list", "no-such.iso")]
    [InlineData("list", "--files")]
    [InlineData("show", "--volumes", "--json")]
    [InlineData("show", "no-such.iso", "--volumes")]
    public void What_can_not_be_looked_into_is_a_usage_error(params string[] arguments)
    {
        using var bench = new Bench();
        Assert.NotEmpty(bench.Node().Run(arguments).Expect(2).Error);
    }
}
