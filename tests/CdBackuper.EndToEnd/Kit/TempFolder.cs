namespace CdBackuper.EndToEnd.Kit;

/// <summary>A folder of one test, gone when the test is over.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cdbackuper-e2e-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string NewFolder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
