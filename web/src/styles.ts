import './base.css'
import '@mantine/core/styles.layer.css'
