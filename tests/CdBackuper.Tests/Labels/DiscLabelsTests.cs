using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Tests.Archive;

namespace CdBackuper.Tests.Labels;

public sealed class DiscLabelsTests : IDisposable
{
    private readonly Shelf shelf = new();

    public DiscLabelsTests() => shelf.Folder.Store(new DiscStatus { Number = "0001" });

    private DiscLabels Labels => new(shelf.Folder);

    public void Dispose() => shelf.Dispose();

    [Fact]
    public void A_label_is_one_line_in_its_file_and_the_one_before_stays_in_the_history()
    {
        Assert.Equal(new(null, IsInForce: true), Give("Sommer", 1));
        Assert.Equal(new("Sommer", IsInForce: true), Give("Sommer 2003", 2));

        Assert.Equal("Sommer 2003\n", File.ReadAllText(shelf.Folder.LabelPath));
        Assert.Equal(["Sommer", "Sommer 2003"], Labels.History().Select(record => record.Label));
    }

    [Fact]
    public void A_label_that_is_given_twice_is_given_once()
    {
        Give("Sommer", 1);
        Give("Sommer", 1);

        Assert.Single(Labels.History());
        Assert.Empty(Directory.EnumerateFiles(shelf.Folder.Path, "*.new"));
    }

    [Fact]
    public void A_late_label_does_not_replace_a_newer_one()
    {
        Give("new", 2);
        Assert.False(Give("old", 1).IsInForce);

        Assert.Equal("new", shelf.Folder.LoadLabel());
        Assert.Equal(["old", "new"], Labels.History().Select(record => record.Label));
    }

    [Fact]
    public void What_a_person_wrote_into_the_file_stays_known()
    {
        File.WriteAllText(shelf.Folder.LabelPath, "by hand\n");
        File.SetLastWriteTimeUtc(shelf.Folder.LabelPath, Time(1).UtcDateTime);

        Assert.Equal("by hand", Give("by reply", 2).Before);

        Assert.Equal([("by hand", "file"), ("by reply", "discord")], Labels.History().Select(record => (record.Label, record.Source)));
    }

    [Fact]
    public void After_a_crash_between_record_and_file_the_second_try_ends_it()
    {
        Give("old", 1);
        Give("new", 2);
        shelf.Folder.StoreLabel("old");

        Assert.True(Give("new", 2).IsInForce);

        Assert.Equal("new", shelf.Folder.LoadLabel());
        Assert.Equal(2, Labels.History().Count);
    }

    [Theory]
    [InlineData("label.txt")]
    [InlineData("labels")]
    public void Nothing_is_written_through_a_link(string name)
    {
        var elsewhere = Path.Combine(shelf.Root.Path, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "secret"), "secret\n");
        File.CreateSymbolicLink(shelf.Folder.In(name), name == "labels" ? elsewhere : Path.Combine(elsewhere, "secret"));

        Assert.Contains("symbolic link", Assert.Throws<ArchiveException>(() => Give("x", 1)).Message, StringComparison.Ordinal);

        Assert.Equal(["secret"], Directory.EnumerateFiles(elsewhere).Select(Path.GetFileName));
        Assert.Equal("secret\n", File.ReadAllText(Path.Combine(elsewhere, "secret")));
    }

    [Fact]
    public void Many_at_once_leave_the_newest_and_lose_none()
    {
        Parallel.For(1, 41, number => Give($"label {number}", number));

        Assert.Equal("label 40", shelf.Folder.LoadLabel());
        Assert.Equal(40, Labels.History().Count);
    }

    [Fact]
    public void A_label_by_hand_is_the_newest_even_where_the_clock_is_late()
    {
        Give("from the future", 1000);

        Assert.True(Labels.Now(TimeProvider.System) > Time(999));
    }

    private static DateTimeOffset Time(int second) => new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second);

    private GivenLabel Give(string label, int second) =>
        Labels.Give(new() { Label = label, Given = Time(second), Source = "discord" }, $"{second:D6}");
}
