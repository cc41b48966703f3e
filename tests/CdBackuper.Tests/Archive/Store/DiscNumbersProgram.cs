using CdBackuper.Archive.Store;
using CdBackuper.Hosting;

namespace CdBackuper.Tests.Archive.Store;

public sealed class DiscNumbersProgram
{
    [Fact(Explicit = true)]
    public void Claims_fifty_numbers()
    {
        var root = ArchiveRoot.OpenToWrite(OtherProcess.Place, requiresMount: false, new LinuxFileSystem());
        OtherProcess.Answer(string.Join(
            ' ', Enumerable.Range(0, 50).Select(index => DiscNumbers.Claim(root, $"disc-{Environment.ProcessId}-{index}"))));
    }
}
