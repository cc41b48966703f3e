using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly AtomicFile files = new(new LinuxFileSystem());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_and_nothing_is_left_beside_it()
    {
        files.Write(folder["a"], "old and long");
        files.Write(folder["a"], "néw");
        Assert.Equal("néw", File.ReadAllText(folder["a"]));
        Assert.Equal([folder["a"]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Many_writers_of_one_file_leave_the_text_of_one_of_them()
    {
        var texts = Enumerable.Range(0, 40).Select(index => new string((char)('A' + index), 5000)).ToArray();
        Parallel.ForEach(texts, new() { MaxDegreeOfParallelism = 8 }, text => files.Write(folder["a"], text));
        Assert.Contains(File.ReadAllText(folder["a"]), texts);
        Assert.Equal([folder["a"]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_replacement_that_fails_leaves_the_old_content_and_no_temporary_file()
    {
        Directory.CreateDirectory(folder["a/b"]);
        Assert.ThrowsAny<Exception>(() => files.Write(folder["a"], "text"));
        Assert.Equal([folder["a"]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void One_of_many_makes_a_file_that_must_not_exist()
    {
        var won = Enumerable.Range(0, 50).AsParallel().WithDegreeOfParallelism(8).Where(index => files.TryCreate(folder["a"], $"{index}")).ToArray();
        Assert.Equal($"{Assert.Single(won)}", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void A_file_in_a_folder_that_is_missing_is_an_error_and_not_somebody_elses() =>
        Assert.Throws<DirectoryNotFoundException>(() => files.TryCreate(folder["missing/a"], ""));

    [Fact]
    public void A_file_that_could_be_made_but_not_filled_is_an_error_and_gone_again()
    {
        // a limit on the size of files stands for a full disk: the name can be made, the bytes cannot be written
        using var process = OtherProcess.Start(
            "trap '' XFSZ; ulimit -f 8; exec \"$@\"", typeof(AtomicFileProgram), nameof(AtomicFileProgram.Makes_a_file), folder["big"]);
        Assert.Equal("not written", OtherProcess.AnswerOf(process, folder["big"]));
        Assert.False(File.Exists(folder["big"]));
    }

    [Fact]
    public void What_is_set_aside_never_overwrites_anything()
    {
        foreach (var text in new[] { "one", "two", "three" })
        {
            File.WriteAllText(folder["a"], text);
            files.SetAside(folder["a"], "corrupt", Shelf.Now);
        }

        Directory.CreateDirectory(folder["a/b"]);
        Assert.Equal(folder["a.corrupt-20200102-030405-4"], files.SetAside(folder["a"], "corrupt", Shelf.Now));
        Assert.Equal("one", File.ReadAllText(folder["a.corrupt-20200102-030405"]));
        Assert.Equal("two", File.ReadAllText(folder["a.corrupt-20200102-030405-2"]));
        Assert.Equal("three", File.ReadAllText(folder["a.corrupt-20200102-030405-3"]));
        Assert.True(Directory.Exists(folder["a.corrupt-20200102-030405-4/b"]));
        Assert.False(Path.Exists(folder["a"]));
        Assert.Null(files.SetAside(folder["a"], "corrupt", Shelf.Now));
    }
}
