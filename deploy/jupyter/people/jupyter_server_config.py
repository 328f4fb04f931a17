"""The Jupyter server of each person."""

c = get_config()  # noqa: F821  # Jupyter gives this function to its configuration file

# A kernel that listens on TCP sends what it prints to every account of the machine that connects
# to its port. Sockets in the file system lie in a folder that only their owner may enter.
c.ConnectionFileMixin.transport = "ipc"

# Whoever has gone home gives the memory back: a kernel after two hours, the server after three.
c.MappingKernelManager.cull_idle_timeout = 2 * 3600
c.ServerApp.shutdown_no_activity_timeout = 3 * 3600

# A login shell would forget the PATH on which this server's programs are.
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
