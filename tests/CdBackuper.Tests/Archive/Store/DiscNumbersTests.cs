using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class DiscNumbersTests
{
    [Fact]
    public async Task Four_tasks_claim_two_hundred_numbers_and_none_twice()
    {
        using var shelf = new Shelf();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(task => Task.Factory.StartNew(
            () => Enumerable.Range(0, 50).Select(index => DiscNumbers.Claim(shelf.Root, $"disc-{task}-{index}")).ToArray(),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"{number:D4}"), claimed.SelectMany(numbers => numbers).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Three_processes_make_an_archive_at_once_and_claim_their_numbers_in_it()
    {
        using var folder = new TempFolder();
        var processes = Enumerable.Range(0, 3).Select(_ => OtherProcess.Start(
            "exec \"$@\"", typeof(DiscNumbersProgram), nameof(DiscNumbersProgram.Claims_fifty_numbers), folder["archive"])).ToArray();
        var numbers = processes.SelectMany(process => OtherProcess.AnswerOf(process, folder["archive"]).Split(' ')).ToArray();
        Assert.Equal(Enumerable.Range(1, 150).Select(number => $"{number:D4}"), numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_number_of_a_folder_that_has_one_is_given_again()
    {
        using var shelf = new Shelf();
        Assert.Equal("0001", DiscNumbers.Claim(shelf.Root, "a"));
        Assert.Equal("0002", DiscNumbers.Claim(shelf.Root, "b"));
        Assert.Equal("0001", DiscNumbers.Claim(shelf.Root, "a"));
        Assert.Equal("0003", DiscNumbers.Claim(shelf.Root, "c"));
    }

    [Fact]
    public void A_number_stays_with_its_disc_when_a_person_renames_the_folder()
    {
        using var shelf = new Shelf();
        var number = DiscNumbers.Claim(shelf.Root, "disc");
        shelf.Folder.Store(new DiscStatus { Number = number });
        Directory.Move(shelf.Folder.Path, shelf.Root.Disc("Sommer 2003").Path);

        Assert.Equal("0002", DiscNumbers.Claim(shelf.Root, "disc"));
        Assert.Equal("0002", DiscNumbers.Claim(shelf.Root, "disc"));
    }

    [Fact]
    public void Numbers_go_on_behind_the_highest_and_past_four_digits()
    {
        using var shelf = new Shelf();
        File.WriteAllText(Path.Combine(shelf.Root.NumbersPath, "9998"), "x\n");
        File.WriteAllText(Path.Combine(shelf.Root.NumbersPath, "notes.txt"), "a\n");
        File.WriteAllText(Path.Combine(shelf.Root.NumbersPath, "0007"), "");
        Assert.Equal("9999", DiscNumbers.Claim(shelf.Root, "a"));
        Assert.Equal("10000", DiscNumbers.Claim(shelf.Root, "b"));
        Assert.Equal("9999", DiscNumbers.Claim(shelf.Root, "a"));
        Assert.Equal("10001", DiscNumbers.Claim(shelf.Root, "c"));
    }
}
