using CdBackuper.Archive.Format;
using CdBackuper.Commands;
using CdBackuper.Jobs;
using CdBackuper.Tests.Archive;

namespace CdBackuper.Tests.Commands;

public sealed class WordsOfCommandsTests
{
    [Fact]
    public void Every_end_has_one_of_the_listed_exit_codes()
    {
        var codes = Enum.GetValues<DiscEnd>().ToDictionary(end => end.ToString(), ExitCodes.Of);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["Whole"] = 0,
                ["AlreadyWhole"] = 0,
                ["Damaged"] = 3,
                ["UnknownFileSystem"] = 3,
                ["Unreadable"] = 4,
                ["Interrupted"] = 130,
                ["DriveFailed"] = 1,
                ["ArchiveFailed"] = 1,
                ["NotADisc"] = 2,
            },
            codes);
        Assert.Throws<ArgumentOutOfRangeException>(() => ExitCodes.Of((DiscEnd)99));
    }

    [Theory]
    [InlineData("plain é 日本", "plain é 日本")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("\u001b[2Jcleared", "\uFFFD[2Jcleared")]
    [InlineData("a\rb\tc\0d\u007fe\u009bf", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf")]
    [InlineData("", "")]
    public void What_would_steer_a_terminal_is_not_printed(string text, string printed) =>
        Assert.Equal(printed, Answer.Printable(text));

    [Theory]
    [InlineData("0007", "2003_HOLIDAY")]
    [InlineData("7", "2003_HOLIDAY")]
    [InlineData("12", "2004_WORK")]
    [InlineData("2003_HOLIDAY", "2003_HOLIDAY")]
    [InlineData("2004", "2004_WORK")]
    [InlineData("2004_w", "2004_WORK")]
    [InlineData("été à LA mer", "2003_HOLIDAY")]
    [InlineData("2003", "2003")]
    [InlineData("2003_H", "2003_HOLIDAY")]
    [InlineData("20", null)]
    [InlineData("twice", null)]
    [InlineData("", null)]
    [InlineData("13", null)]
    [InlineData("00007", null)]
    [InlineData("HOLIDAY", null)]
    [InlineData("../disc", null)]
    public void A_disc_is_found_by_number_label_folder_or_its_beginning(string text, string? folder)
    {
        using var shelf = new Shelf();
        Add(shelf, "2003_HOLIDAY", "0007", "Été à la mer");
        Add(shelf, "2004_WORK", "0012", "twice");
        Add(shelf, "2003", "0013", "Twice");
        Add(shelf, "old", "", null);
        Directory.CreateDirectory(shelf.Root.Disc("2005_no_disc").Path);
        File.Delete(shelf.Root.Disc("2003").StatusPath);
        File.WriteAllText(shelf.Root.Disc("2003").MapPath, "");

        if (folder is null)
        {
            var usage = Assert.Throws<UsageException>(() => DiscArgument.Find(shelf.Root, text));
            Assert.Contains($"'{text}'", usage.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(folder, DiscArgument.Find(shelf.Root, text).Name);
        }
    }

    [Fact]
    public void Who_means_several_discs_is_told_which()
    {
        using var shelf = new Shelf();
        Add(shelf, "2003_A", "0001", null);
        Add(shelf, "2003_B", "0002", null);
        Assert.Contains("2003_A, 2003_B", Assert.Throws<UsageException>(() => DiscArgument.Find(shelf.Root, "2003")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_without_records_has_a_document_all_the_same()
    {
        using var shelf = new Shelf();
        File.WriteAllText(shelf.Folder.StatusPath, "{}");
        var document = DiscDocument.Of(shelf.Folder, withFiles: true);
        Assert.Equal(("", "partial", 0, 0, 0), (document.Number, document.Status, document.Counts.Files, document.Files!.Count, document.Nodes.Count));
        File.WriteAllText(shelf.Folder.StatusPath, "not JSON");
        Assert.Contains("can't be read", DiscDocument.Of(shelf.Folder, withFiles: false).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_label_does_not_shift_the_columns()
    {
        using var shelf = new Shelf();
        Add(shelf, "LONG", "0001", "Summer 2003, Été à la mer, the second roll");
        Add(shelf, "SHORT", "0002", "x");
        var lines = shelf.Root.Discs().Select(disc => DiscText.Line(DiscDocument.Of(disc, withFiles: false))).ToArray();
        Assert.Equal(lines[1].IndexOf("unreadable", StringComparison.Ordinal), lines[0].IndexOf("unreadable", StringComparison.Ordinal));
        Assert.Contains("Summer 2003, Été à la m…", lines[0], StringComparison.Ordinal);
    }

    private static void Add(Shelf shelf, string name, string number, string? label)
    {
        var folder = shelf.Root.Disc(name);
        Directory.CreateDirectory(folder.Path);
        folder.Store(new DiscStatus { Number = number });
        if (label is not null)
        {
            folder.StoreLabel(label);
        }
    }
}
