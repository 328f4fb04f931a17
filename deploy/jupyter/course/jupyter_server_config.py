"""The Jupyter server of the course account."""

c = get_config()  # noqa: F821  # Jupyter gives this function to its configuration file

# As for everybody: what a kernel prints is nothing for the other accounts of the machine.
c.ConnectionFileMixin.transport = "ipc"

# A login shell would forget the PATH on which this server's programs are.
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
