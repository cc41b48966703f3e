namespace CdBackuper.Tests.Linux.Processes;

public sealed class ParentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void No_child_is_left_when_its_parent_is_killed()
    {
        using var parent = ParentProcess.Start(nameof(ParentProcess.Runs_a_child_for_ever), folder.In("id"));
        var child = int.Parse(TextOf("id"), null);
        // dash loses a SIGINT that comes just before it executes the next program
        Eventually.True(() => ParentProcess.NameOf(child) == "sleep", "the child sleeps");
        parent.Kill();
        Eventually.True(() => !ParentProcess.IsRunning(child), "the child of a killed parent is gone");
    }

    [Fact]
    public void A_child_can_be_interrupted_though_we_were_started_with_SIGINT_ignored()
    {
        using var parent = ParentProcess.Start(
            nameof(ParentProcess.Cancels_a_child_and_writes_what_came_of_it), folder.In("outcome"));
        Assert.Equal("signal 2, killed False\n", TextOf("outcome"));
        parent.WaitForExit();
    }

    private string TextOf(string name)
    {
        var text = "";
        Eventually.True(
            () => File.Exists(folder.In(name)) && (text = File.ReadAllText(folder.In(name))).EndsWith('\n'),
            $"there is a file {name}");
        return text;
    }
}
